package dev.jarway.runtime.listener;

import dev.jarway.runtime.admission.Door;
import dev.jarway.runtime.admission.FrameGuard;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/** What brings a {@link FrameGuard} to its place behind TLS, once there is somebody who speaks that. Of one connection. */
final class BehindTls extends ChannelInboundHandlerAdapter {
    private final Door door;

    BehindTls(Door door) {
        this.door = door;
    }

    /** The header of the PROXY protocol comes before there is, and the handshake ends with a later read than it begins with. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
        if (tls == null) {
            context.fireChannelRead(message);
            return;
        }
        context.pipeline().addAfter(tls.name(), null, new FrameGuard(door));
        context.fireChannelRead(message);
        context.pipeline().remove(this);
    }
}
