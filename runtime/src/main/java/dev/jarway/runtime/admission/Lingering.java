package dev.jarway.runtime.admission;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * The closing of a connection whose client may not have come to the end of what it says. One that is closed with bytes unread is
 * reset, and what the client was told last is lost: so it is told that nothing more comes, and what it sends is read for a while,
 * by whoever throws it away. Of one connection, on its event loop.
 */
final class Lingering {
    private static final long MILLIS = 1000;

    private boolean begun;

    boolean hasBegun() {
        return begun;
    }

    /**
     * Closes a connection in that way, or waits with those who have asked for that before: an error ends a connection of HTTP/2 more
     * than once. One that has no direction to close by itself, or is closed, is closed at once.
     */
    void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (begun) {
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else if (context.channel() instanceof DuplexChannel channel && channel.isActive()) {
            begun = true;
            begin(context, channel, promise);
        } else {
            var unused = context.close(promise);
        }
    }

    private static void begin(ChannelHandlerContext context, DuplexChannel channel, ChannelPromise promise) {
        channel.config().setAutoRead(true);
        SslHandler tls = context.pipeline().get(SslHandler.class);
        ChannelFuture said = tls == null ? context.newSucceededFuture() : tls.closeOutbound();
        said.addListener(told -> {
            var unused = channel.shutdownOutput();
        });
        Runnable end = () -> {
            var unused = context.close(promise);
        };
        // Also if nothing can be said, since the client does not read.
        var unused = context.executor().schedule(end, MILLIS, TimeUnit.MILLISECONDS);
    }
}
