package dev.jarway.runtime;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A service of HTTP/2 that answers a request with what it has seen of it: how many octets its body had, and the header fields of
 * its end, if it had any. It takes a few octets at a time.
 */
final class FrameUpstream implements AutoCloseable {
    private static final int WINDOW = 1000;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;

    FrameUpstream() throws InterruptedException {
        this(Answer::new);
    }

    /** One that has these handlers answer, each one stream. */
    FrameUpstream(Supplier<ChannelHandler> answers) throws InterruptedException {
        channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        client.pipeline()
                                .addLast(
                                        Http2FrameCodecBuilder.forServer()
                                                .initialSettings(Http2Settings.defaultSettings()
                                                        .initialWindowSize(WINDOW))
                                                .build(),
                                        new Http2MultiplexHandler(new ChannelInitializer<>() {
                                            @Override
                                            protected void initChannel(Channel stream) {
                                                stream.pipeline().addLast(answers.get());
                                            }
                                        }));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    /** The entry of this service in a configuration's list, and a route to it for everything. */
    String entry() {
        return "  - " + service() + "\nroutes: [{ name: all, service: named }]\n";
    }

    /** As an element of {@code services}. */
    String service() {
        return "{ name: named, protocol: h2, endpoints: [{ url: \"http://127.0.0.1:"
                + ((InetSocketAddress) channel.localAddress()).getPort() + "\" }] }";
    }

    @Override
    public void close() {
        var unused = loops.shutdownGracefully();
    }

    /** What is seen of one stream. */
    private static final class Answer extends SimpleChannelInboundHandler<Http2StreamFrame> {
        private int octets;
        private boolean begun;

        @Override
        protected void channelRead0(ChannelHandlerContext stream, Http2StreamFrame frame) {
            if (frame instanceof Http2DataFrame data) {
                octets += data.content().readableBytes();
                if (data.isEndStream()) {
                    answer(stream, "");
                }
            } else if (frame instanceof Http2HeadersFrame headers) {
                if (headers.isEndStream()) {
                    answer(stream, begun ? trailers(headers.headers()) : "");
                }
                begun = true;
            }
        }

        private static String trailers(Http2Headers fields) {
            StringBuilder text = new StringBuilder();
            fields.forEach(field ->
                    text.append(", ").append(field.getKey()).append(": ").append(field.getValue()));
            return text.toString();
        }

        private void answer(ChannelHandlerContext stream, String trailers) {
            ByteBuf body = Unpooled.copiedBuffer(octets + " octets" + trailers, StandardCharsets.UTF_8);
            var unused = stream.write(new DefaultHttp2HeadersFrame(
                    new DefaultHttp2Headers().status("200").addInt("content-length", body.readableBytes())));
            unused = stream.writeAndFlush(new DefaultHttp2DataFrame(body, true));
        }
    }
}
