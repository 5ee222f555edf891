package dev.jarway.runtime.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;

/** What a socket answers that is bound from before: that it is. */
final class BoundAlready extends ChannelOutboundHandlerAdapter {

    @Override
    public void bind(ChannelHandlerContext context, SocketAddress address, ChannelPromise promise) {
        promise.setSuccess();
    }
}
