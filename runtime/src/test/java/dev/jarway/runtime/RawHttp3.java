package dev.jarway.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamResetException;
import io.netty.handler.codec.quic.QuicStreamType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/3 that sends the frames it is told to, over one connection or several. */
final class RawHttp3 implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel socket;
    private final QuicChannel connection;
    private final String host;
    private final int port;
    private volatile @Nullable String asked;

    /** Connects to that port of this machine, and asks for that host. */
    RawHttp3(TestAuthority authority, String host, int port) throws Exception {
        this.host = host;
        this.port = port;
        QuicSslContext tls = QuicSslContextBuilder.forClient()
                .trustManager(authority.root().toTrustManagerFactory())
                .endpointIdentificationAlgorithm("")
                .applicationProtocols(Http3.supportedApplicationProtocols())
                .build();
        socket = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(Http3.newQuicClientCodecBuilder()
                        .sslEngineProvider(channel -> {
                            String name = asked;
                            return name == null
                                    ? tls.newEngine(channel.alloc())
                                    : tls.newEngine(channel.alloc(), name, port);
                        })
                        .maxIdleTimeout(120, TimeUnit.SECONDS)
                        .initialMaxData(1_000_000)
                        .initialMaxStreamDataBidirectionalLocal(1_000_000)
                        .build())
                .bind(0)
                .sync()
                .channel();
        try {
            connection = open(host);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** Whether its first connection is open. */
    boolean isOpen() {
        return connection.isActive();
    }

    /** Another connection of the same client, which asks for that name; it may ask for none. */
    QuicChannel open(@Nullable String name) throws Exception {
        asked = name;
        return QuicChannel.newBootstrap(socket)
                .handler(new Http3ClientConnectionHandler())
                .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .connect()
                .get(20, TimeUnit.SECONDS);
    }

    /** The header fields of a request to that host, which wants nothing special. */
    Http3Headers head(String method, String... fields) {
        return add(
                new DefaultHttp3Headers(false)
                        .method(method)
                        .scheme("https")
                        .authority(host)
                        .path("/"),
                fields);
    }

    private static Http3Headers add(Http3Headers head, String... fields) {
        for (int i = 0; i < fields.length; i += 2) {
            head.add(fields[i], fields[i + 1]);
        }
        return head;
    }

    /** Sends a POST with that body, which may be empty, and those trailers; its status and body. */
    String post(String body, Http3Headers trailers, String... fields) throws Exception {
        try (Exchange exchange = begin(head("POST", fields))) {
            if (!body.isEmpty()) {
                exchange.data(body);
            }
            exchange.end(trailers);
            return exchange.answer();
        }
    }

    /** Sends a request without a body; its status and body, or with which error its stream was reset. */
    String send(Http3Headers head) throws Exception {
        return send(connection, head);
    }

    /** The same over that connection. */
    String send(QuicChannel over, Http3Headers head) throws Exception {
        try (Exchange exchange = begin(over, head)) {
            exchange.end();
            return exchange.answer();
        }
    }

    /** Sends the header fields of a request. */
    Exchange begin(Http3Headers head) throws Exception {
        return begin(connection, head);
    }

    private static Exchange begin(QuicChannel over, Http3Headers head) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        QuicStreamChannel stream =
                Http3.newRequestStream(over, new Answer(answer)).get(20, TimeUnit.SECONDS);
        var unused = stream.writeAndFlush(new DefaultHttp3HeadersFrame(head)).sync();
        return new Exchange(stream, answer);
    }

    /** Sends those octets on a new stream, and no more; the error with which it is reset. */
    Future<Long> sendOctets(int... octets) throws Exception {
        CompletableFuture<Long> reset = new CompletableFuture<>();
        QuicStreamChannel stream = connection
                .createStream(QuicStreamType.BIDIRECTIONAL, new ChannelInboundHandlerAdapter() {
                    @Override
                    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                        if (cause instanceof QuicStreamResetException error) {
                            reset.complete(error.applicationProtocolCode());
                        }
                    }
                })
                .get(20, TimeUnit.SECONDS);
        ByteBuf bytes = Unpooled.buffer();
        for (int octet : octets) {
            bytes.writeByte(octet);
        }
        var unused = stream.writeAndFlush(bytes).sync();
        return reset;
    }

    /** A request of which the header fields have been sent. */
    record Exchange(QuicStreamChannel stream, CompletableFuture<String> whole) implements AutoCloseable {

        /** Sends a piece of the body. */
        void data(String body) throws InterruptedException {
            var unused = stream.writeAndFlush(
                            new DefaultHttp3DataFrame(Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)))
                    .sync();
        }

        /** Says that this was all. */
        void end() {
            var unused = stream.shutdownOutput();
        }

        /** Says that this was all but those trailers. */
        void end(Http3Headers trailers) {
            var unused = stream.writeAndFlush(new DefaultHttp3HeadersFrame(trailers))
                    .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
        }

        /** Takes it back. */
        void reset() {
            var unused = stream.shutdown(Http3ErrorCode.H3_REQUEST_CANCELLED.code());
            unused = stream.close();
        }

        /** The status and the body, or with which error the stream was reset. */
        String answer() throws Exception {
            return whole.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            var unused = stream.close();
        }
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
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof QuicStreamResetException error) {
                whole.complete("reset 0x" + Long.toHexString(error.applicationProtocolCode()));
            } else {
                whole.completeExceptionally(cause);
            }
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
        socket.close().awaitUninterruptibly(20, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(20, TimeUnit.SECONDS);
    }
}
