package dev.jarway.runtime.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.impl.http2.codec.VertxHttp2ConnectionHandler;
import java.util.concurrent.TimeUnit;

/**
 * The moment by which a connection has to be open that the gateway opens. To Netty, a time to connect in is for TCP alone; TLS
 * would have as long again, and over HTTP/2 an endpoint's SETTINGS may take for ever, while the connection has its place in the
 * pool. Here they have that time together. Belongs to one event loop.
 */
public final class ConnectDeadline extends ChannelInboundHandlerAdapter {

    private ConnectDeadline() {}

    /** The same channels, each with a deadline: what it is told to connect in, from its beginning. */
    public static ChannelFactory<Channel> on(ChannelFactory<? extends Channel> channels) {
        return () -> {
            Channel channel = channels.newChannel();
            channel.pipeline().addLast(new ConnectDeadline());
            return channel;
        };
    }

    /** Only now there is somebody to keep it. Later on, Vert.x takes out of the pipeline what it has not put there. */
    @Override
    public void channelRegistered(ChannelHandlerContext context) {
        Channel channel = context.channel();
        int millis = channel.config().getConnectTimeoutMillis();
        var unused = channel.eventLoop().schedule(() -> decide(channel), millis, TimeUnit.MILLISECONDS);
        context.fireChannelRegistered();
        context.pipeline().remove(this);
    }

    /** Closed from the beginning of the pipeline, lest something has to be written before. */
    private static void decide(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (channel.isActive() && first != null && !isGreeted(channel.pipeline())) {
            var unused = first.close();
        }
    }

    private static boolean isGreeted(ChannelPipeline pipeline) {
        SslHandler tls = pipeline.get(SslHandler.class);
        VertxHttp2ConnectionHandler<?> http2 = pipeline.get(VertxHttp2ConnectionHandler.class);
        return (tls == null || tls.handshakeFuture().isDone())
                && (http2 == null || http2.connectFuture().isDone());
    }
}
