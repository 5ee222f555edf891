package dev.jarway.runtime.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * The flush that a connection of HTTP/2 over TLS may be owed. When a full connection has room again, Netty and Vert.x write into
 * the queue of TLS while they are being told so, and may leave there what they do not flush. If that is enough to fill the
 * connection again, nobody writes any more, and so nobody flushes: all its streams stand still for ever. So a connection that is
 * full though nothing of it is on its way to the socket is flushed. Of one connection.
 */
public final class OwedFlush extends ChannelInboundHandlerAdapter {
    private static final long MILLIS = 20;

    private boolean owed;

    private OwedFlush() {}

    /** Has it hold on a connection, if that is one with TLS. */
    public static void on(ChannelPipeline pipeline) {
        ChannelHandlerContext tls = pipeline.context(SslHandler.class);
        if (tls != null) {
            pipeline.addAfter(tls.name(), null, new OwedFlush());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!owed && !context.channel().isWritable()) {
            schedule(context);
        }
        context.fireChannelWritabilityChanged();
    }

    private void schedule(ChannelHandlerContext context) {
        owed = true;
        var unused = context.executor().schedule(() -> pay(context), MILLIS, TimeUnit.MILLISECONDS);
    }

    private void pay(ChannelHandlerContext context) {
        owed = false;
        Channel channel = context.channel();
        if (context.isRemoved() || !channel.isActive() || channel.isWritable()) {
            return;
        }
        // One that waits for a slow reader is owed nothing, and each flush would add a record of TLS to what waits.
        ChannelOutboundBuffer toSocket = channel.unsafe().outboundBuffer();
        if (toSocket != null && toSocket.isEmpty()) {
            context.flush();
        }
        schedule(context);
    }
}
