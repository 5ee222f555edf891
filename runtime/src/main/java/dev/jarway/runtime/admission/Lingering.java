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
 * by whoever throws it away.
 */
final class Lingering {
    private static final long MILLIS = 1000;

    private Lingering() {}

    static void close(ChannelHandlerContext context, DuplexChannel channel, ChannelPromise promise) {
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
