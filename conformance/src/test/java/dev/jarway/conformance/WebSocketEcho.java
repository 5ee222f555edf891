package dev.jarway.conformance;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A service that speaks WebSocket strictly and sends back each frame of data. It is of Netty alone: a server of Vert.x checks no
 * UTF-8 and closes with 1000 whatever was wrong, so that nobody could say whose the faults are that a suite finds.
 */
final class WebSocketEcho implements AutoCloseable {
    /** Autobahn sends up to 16 MiB. */
    private static final int LARGEST_FRAME = 32 << 20;

    private final EventLoopGroup loops;
    private final Channel channel;

    private WebSocketEcho(EventLoopGroup loops, Channel channel) {
        this.loops = loops;
        this.channel = channel;
    }

    /** One that knows of no extension, so that each bit of one is a fault. */
    static WebSocketEcho plain() throws InterruptedException {
        return start(false);
    }

    /** One that takes permessage-deflate where it is offered. */
    static WebSocketEcho compressing() throws InterruptedException {
        return start(true);
    }

    private static WebSocketEcho start(boolean compressing) throws InterruptedException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new Connection(compressing))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        return new WebSocketEcho(loops, channel);
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public void close() {
        var unused = loops.shutdownGracefully();
    }

    private static final class Connection extends ChannelInitializer<Channel> {
        private static final PerMessageDeflateServerExtensionHandshaker DEFLATE =
                new PerMessageDeflateServerExtensionHandshaker(6, true, 15, true, false, 0);

        private final boolean compressing;

        Connection(boolean compressing) {
            this.compressing = compressing;
        }

        @Override
        protected void initChannel(Channel client) {
            client.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(8192));
            if (compressing) {
                client.pipeline().addLast(new WebSocketServerExtensionHandler(DEFLATE));
            }
            WebSocketDecoderConfig frames = WebSocketDecoderConfig.newBuilder()
                    .maxFramePayloadLength(LARGEST_FRAME)
                    .allowExtensions(compressing)
                    .closeOnProtocolViolation(true)
                    .withUTF8Validator(!compressing) // Which looks at the bytes before they are inflated.
                    .build();
            client.pipeline()
                    .addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                            .websocketPath("/")
                            .checkStartsWith(true)
                            .decoderConfig(frames)
                            .sendCloseFrame(null) // The decoder has sent one that says what is wrong.
                            .build()));
            if (compressing) {
                // Netty forgets to forget its context (RFC 7692 section 7.1.1.1) where the last frame inflates to
                // nothing.
                client.pipeline().addLast(new WebSocketFrameAggregator(LARGEST_FRAME));
            }
            client.pipeline().addLast(new Echo());
        }
    }

    private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            var unused = context.writeAndFlush(frame.retain());
        }
    }
}
