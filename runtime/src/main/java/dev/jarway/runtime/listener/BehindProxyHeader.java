package dev.jarway.runtime.listener;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;

/**
 * What brings another handler to its place behind the header of the PROXY protocol, once there is somebody who takes that off. Of
 * one connection.
 */
final class BehindProxyHeader extends ChannelInboundHandlerAdapter {
    private final ChannelHandler next;

    BehindProxyHeader(ChannelHandler next) {
        this.next = next;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ChannelHandlerContext header = context.pipeline().context(HAProxyMessageDecoder.class);
        context.pipeline().addAfter(header == null ? context.name() : header.name(), null, next);
        context.fireChannelActive();
        context.pipeline().remove(this);
    }
}
