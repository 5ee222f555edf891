package dev.jarway.runtime.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicTransportError;
import io.netty.handler.ssl.SniCompletionEvent;
import io.vertx.core.net.impl.ShutdownEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What looks after a connection of QUIC until its handshake is over: that may not take for ever, the name that the client asks for
 * has to be known where keys are chosen, and what Vert.x is to do with the connection waits until it knows of it.
 */
final class QuicHandshake extends ChannelInboundHandlerAdapter {
    private static final String REQUESTED = "jarway.requestedName";

    private final Duration longest;
    private final Runnable onLate;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable ShutdownEvent kept;
    private boolean over;

    /** That of a connection that has just begun; one that takes longer is told to that one, and closed. */
    QuicHandshake(Duration longest, Runnable onLate) {
        this.longest = longest;
        this.onLate = onLate;
    }

    /** The name that the client asks for in that handshake, in lower case; null if it asks for none. */
    static @Nullable String requested(SSLSession session) {
        return session.getValue(REQUESTED) instanceof String name ? name : null;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.executor().schedule(() -> late(context), longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void late(ChannelHandlerContext context) {
        onLate.run();
        refuse((QuicChannel) context.channel());
    }

    /** Ends a connection that is not to begin. */
    static void refuse(QuicChannel connection) {
        var unused = connection.close(false, (int) QuicTransportError.CONNECTION_REFUSED.code(), Unpooled.EMPTY_BUFFER);
    }

    /** Has the connection leave as soon as its handshake is over. */
    void keep(ShutdownEvent leaving) {
        kept = leaving;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ShutdownEvent leaving && !over) {
            keep(leaving);
            return;
        }
        SSLEngine engine = ((QuicChannel) context.channel()).sslEngine();
        if (event instanceof SniCompletionEvent named && named.hostname() != null && engine != null) {
            note(engine.getSession(), named.hostname());
        }
        context.fireUserEventTriggered(event);
    }

    /** What is no name at all is asked for by nobody. */
    private static void note(SSLSession session, String name) {
        try {
            session.putValue(REQUESTED, new SNIHostName(name).getAsciiName().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException illegal) {
            session.removeValue(REQUESTED);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        stop();
        over = true;
        context.fireChannelActive();
        if (kept != null) {
            context.fireUserEventTriggered(kept);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
