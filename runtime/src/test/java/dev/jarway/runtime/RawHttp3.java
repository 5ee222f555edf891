package dev.jarway.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client of HTTP/3 that sends the frames it is told to, over one connection. */
final class RawHttp3 implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final QuicChannel connection;
    private final String host;

    /** Connects to that port of this machine, and asks for that host. */
    RawHttp3(TestAuthority authority, String host, int port) throws Exception {
        this.host = host;
        QuicSslContext tls = QuicSslContextBuilder.forClient()
                .trustManager(authority.root().toTrustManagerFactory())
                .endpointIdentificationAlgorithm("")
                .applicationProtocols(Http3.supportedApplicationProtocols())
                .build();
        Channel socket = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(Http3.newQuicClientCodecBuilder()
                        .sslEngineProvider(channel -> tls.newEngine(channel.alloc(), host, port))
                        .maxIdleTimeout(20, TimeUnit.SECONDS)
                        .initialMaxData(1_000_000)
                        .initialMaxStreamDataBidirectionalLocal(1_000_000)
                        .build())
                .bind(0)
                .sync()
                .channel();
        connection = QuicChannel.newBootstrap(socket)
                .handler(new Http3ClientConnectionHandler())
                .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .connect()
                .get(20, TimeUnit.SECONDS);
    }

    /** Sends a POST with that body, which may be empty, and those trailers; its status and body. */
    String post(String body, Http3Headers trailers, String... fields) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        QuicStreamChannel stream =
                Http3.newRequestStream(connection, new Answer(answer)).get(20, TimeUnit.SECONDS);
        Http3Headers head = new DefaultHttp3Headers()
                .method("POST")
                .scheme("https")
                .authority(host)
                .path("/");
        for (int i = 0; i < fields.length; i += 2) {
            head.add(fields[i], fields[i + 1]);
        }
        var unused = stream.write(new DefaultHttp3HeadersFrame(head));
        if (!body.isEmpty()) {
            unused = stream.write(new DefaultHttp3DataFrame(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)));
        }
        unused = stream.writeAndFlush(new DefaultHttp3HeadersFrame(trailers))
                .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
        return answer.get(20, TimeUnit.SECONDS);
    }

    /** What comes on a stream. */
    private static final class Answer extends Http3RequestStreamInboundHandler {
        private final CompletableFuture<String> whole;
        private final StringBuilder text = new StringBuilder();

        Answer(CompletableFuture<String> whole) {
            this.whole = whole;
        }

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame frame) {
            if (frame.headers().status() != null) {
                text.append(frame.headers().status()).append(' ');
            }
        }

        @Override
        protected void channelRead(ChannelHandlerContext context, Http3DataFrame frame) {
            text.append(frame.content().toString(StandardCharsets.UTF_8));
            frame.release();
        }

        @Override
        protected void channelInputClosed(ChannelHandlerContext context) {
            whole.complete(text.toString());
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            whole.completeExceptionally(new IllegalStateException("the stream was closed after: " + text));
        }
    }

    @Override
    public void close() {
        connection.close().awaitUninterruptibly(20, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(20, TimeUnit.SECONDS);
    }
}
