package dev.jarway.runtime.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The question whether a connection of HTTP/2 still leads to its endpoint, put by a PING when an answer has not come in time. All
 * requests share the connection, and where a path has gone silent the system keeps it for a quarter of an hour. Whatever comes is
 * a sign of life, for the answer may stand in a long line; if nothing does, the connection is closed. Belongs to its event loop.
 */
final class LifeSign extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(LifeSign.class);
    private static final String NAME = "life-sign";

    private final Duration within;
    private boolean heard;
    private @Nullable Future<?> end;

    private LifeSign(Duration within) {
        this.within = within;
    }

    /** Demands one within that time, unless one is demanded already. */
    static void demand(HttpConnection connection, Duration within) {
        if (connection.protocolVersion() != HttpVersion.HTTP_2
                || !(connection instanceof HttpClientConnection client)) {
            return;
        }
        ChannelPipeline pipeline = client.channelHandlerContext().pipeline();
        if (pipeline.channel().isActive() && pipeline.get(NAME) == null) {
            pipeline.addFirst(NAME, new LifeSign(within));
            var unused = connection.ping(Buffer.buffer(new byte[Long.BYTES]));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        end = context.executor().schedule(() -> decide(context), within.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (end != null) {
            end.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heard = true;
        context.fireChannelRead(message);
    }

    /** From here, nothing has to be written before it is closed, which might not go out any more. */
    private void decide(ChannelHandlerContext context) {
        if (heard) {
            context.pipeline().remove(this);
        } else {
            log.warn(
                    "A connection to {} is closed: no sign of life in {} ms after a request had timed out",
                    context.channel().remoteAddress(),
                    within.toMillis());
            var unused = context.close();
        }
    }
}
