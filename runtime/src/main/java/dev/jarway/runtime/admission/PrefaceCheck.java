package dev.jarway.runtime.admission;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.impl.tcp.Http1xOrH2CHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first look at a connection without TLS that may speak HTTP/1 or HTTP/2 (RFC 9113 section 3.4). Vert.x looks too, and sets
 * up the connection by what it sees, but tells nobody before a request has been parsed. So this stands in front: it puts the
 * {@link WireGuard} in its place before the parser gets the first line.
 */
public final class PrefaceCheck extends ChannelInboundHandlerAdapter {
    private static final byte[] PREFACE = Http1xOrH2CHandler.HTTP_2_PREFACE.getBytes(StandardCharsets.US_ASCII);

    private final Door door;
    private final Runnable foreign;
    private final boolean http1;
    private final WireGuard guard;
    private int matched;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * Of one connection.
     *
     * @param http1 whether HTTP/1 is served too
     * @param foreign told where it is not, and that is what comes
     */
    public PrefaceCheck(Door door, WireGuard guard, boolean http1, Runnable foreign) {
        this.door = door;
        this.http1 = http1;
        this.foreign = foreign;
        this.guard = guard;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.executor()
                .schedule(
                        () -> WireGuard.hangUp(context),
                        door.limits().headersWithin().toNanos(),
                        TimeUnit.NANOSECONDS);
        context.fireChannelActive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        if (context.pipeline().context(WireGuard.NAME) != null) {
            context.fireChannelRead(bytes); // Vert.x was not in doubt: it has been set up as HTTP/1 alone.
            context.pipeline().remove(this);
            return;
        }
        int before = matched;
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex() && matched < PREFACE.length && bytes.getByte(at) == PREFACE[matched]) {
            matched++;
            at++;
        }
        if (matched == PREFACE.length) {
            FrameGuard clock = new FrameGuard(door);
            clock.look(bytes, at);
            context.fireChannelRead(bytes);
            context.pipeline().replace(this, null, clock);
        } else if (at == bytes.writerIndex()) {
            context.fireChannelRead(bytes);
        } else if (!http1) {
            bytes.release();
            foreign.run();
            WireGuard.hangUp(context); // GOAWAY would mean nothing to this client (RFC 9113 section 3.4).
        } else {
            isHttp1(context, before, bytes, at + 1 - bytes.readerIndex());
        }
    }

    /** Hands on the bytes up to the one that shows it, no more, so that Vert.x sets up the connection; then the rest. */
    private void isHttp1(ChannelHandlerContext context, int before, ByteBuf bytes, int shown) {
        ByteBuf first = Unpooled.buffer(before + shown).writeBytes(PREFACE, 0, before);
        first.writeBytes(bytes, bytes.readerIndex(), shown);
        context.fireChannelRead(harmless(bytes.readRetainedSlice(shown)));
        if (context.pipeline().context("httpDecoder") == null) {
            bytes.release();
            WireGuard.hangUp(context);
            return;
        }
        context.pipeline().addBefore("httpDecoder", WireGuard.NAME, guard);
        context.pipeline().addAfter("httpDecoder", null, new NoUpgrade());
        ReceivedTrailers.keep(context.pipeline(), "httpDecoder");
        ChannelHandlerContext guarding = context.pipeline().context(guard);
        guard.lookBack(guarding, first);
        first.release();
        context.fireChannelRead(bytes);
        context.pipeline().remove(this);
    }

    /** What the parser would stumble over has to be refused by the guard, which is not there yet, and will be. */
    private static ByteBuf harmless(ByteBuf shown) {
        int last = shown.getByte(shown.writerIndex() - 1) & 0xff;
        boolean never = last >= 0x7f || (last < ' ' && last != '\r' && last != '\n');
        return never ? shown.setByte(shown.writerIndex() - 1, 'X') : shown;
    }

    /** HTTP/2 is begun right away or not at all: RFC 9113 has taken back the upgrade, and nothing is gained by it. */
    private static final class NoUpgrade extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request
                    && request.headers().containsValue(HttpHeaderNames.UPGRADE, "h2c", true)) {
                request.headers().remove(HttpHeaderNames.UPGRADE);
            }
            context.fireChannelRead(message);
        }
    }
}
