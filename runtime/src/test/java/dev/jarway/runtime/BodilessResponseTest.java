package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services of HTTP/2 that send a body where there can be none. */
class BodilessResponseTest {
    private static final long CANCEL = 8;

    /** More than the gateway lets come unread, but not without end: the test is to fail, not the machine. */
    private static final int PIECES = 100;

    private static final byte[] PIECE = new byte[16_000];

    @TempDir
    Path directory;

    /** With which error the gateway has reset streams. */
    private final Queue<Long> resets = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @CsvSource({"HEAD, /200, 200", "GET, /204, 204", "GET, /304, 304"})
    void endTheirStreamAtTheFirstPieceOfIt(String method, String path, int status) throws Exception {
        try (FrameUpstream upstream = new FrameUpstream(Pouring::new);
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry())) {
            assertThat(send(gateway, method, path)).isEqualTo(status);

            await().atMost(PATIENCE).until(() -> !resets.isEmpty());
            assertThat(List.copyOf(resets)).containsExactly(CANCEL);
            assertThat(send(gateway, "GET", "/after")).isEqualTo(200);
        }
    }

    @Test
    void mayEndTheStreamInAFrameOfItsOwn() throws Exception {
        try (FrameUpstream upstream = new FrameUpstream(Pouring::new);
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry())) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(gateway, "HEAD", "/after")).isEqualTo(200);
            }

            assertThat(List.copyOf(resets)).isEmpty();
        }
    }

    private static int send(GatewayFixture gateway, String method, String path) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri(path))
                        .method(method, BodyPublishers.noBody())
                        .build())
                .statusCode();
    }

    /** Answers with the status that the path says, and a body; all else with 200, and an end that comes by itself. */
    private final class Pouring extends ChannelInboundHandlerAdapter {
        private int left = PIECES;

        @Override
        public void channelRead(ChannelHandlerContext stream, Object message) {
            if (message instanceof Http2HeadersFrame headers) {
                String path = String.valueOf(headers.headers().path());
                boolean proper = path.equals("/after");
                var unused = stream.writeAndFlush(new DefaultHttp2HeadersFrame(
                        new DefaultHttp2Headers().status(proper ? "200" : path.substring(1))));
                if (proper) {
                    unused = stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
                } else {
                    pour(stream);
                }
            }
            ReferenceCountUtil.release(message);
        }

        private void pour(ChannelHandlerContext stream) {
            if (left-- > 0) {
                var unused = stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(PIECE)))
                        .addListener(sent -> {
                            if (sent.isSuccess()) {
                                pour(stream);
                            }
                        });
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext stream, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                resets.add(reset.errorCode());
            }
        }
    }
}
