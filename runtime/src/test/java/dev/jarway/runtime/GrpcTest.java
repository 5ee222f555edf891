package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of gRPC through the gateway, with a client and a server that are not this project's. */
class GrpcTest {
    private static final String LISTENERS =
            "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]\n";

    @TempDir
    Path directory;

    private GrpcUpstream upstream;
    private GatewayFixture gateway;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        upstream = new GrpcUpstream();
        gateway = GatewayFixture.start(
                directory,
                LISTENERS,
                upstream.entry()
                        + "  - { name: down, protocol: h2, endpoints: [{ url: \"http://127.0.0.1:1\" }] }\n"
                        + "routes: [{ name: grpc, match: { path: \"/test.Calls/**\" }, service: grpc },"
                        + " { name: down, match: { path: \"/test.Down/**\" }, service: down }]\n");
        channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        gateway.close();
        upstream.close();
    }

    @Test
    void carriesAUnaryCall() {
        byte[] large = new byte[1_000_000];
        large[999_999] = 7;

        assertThat(call("Echo", "hello".getBytes(StandardCharsets.UTF_8)))
                .asString()
                .isEqualTo("hello");
        assertThat(call("Echo", large)).isEqualTo(large);
    }

    @Test
    void carriesAStreamOfAnswers() {
        Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(
                channel, GrpcUpstream.STREAM, CallOptions.DEFAULT, new byte[] {5});

        List<Integer> seen = new ArrayList<>();
        answers.forEachRemaining(answer -> seen.add((int) answer[0]));
        assertThat(seen).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void carriesAStreamOfRequests() throws Exception {
        Answers answers = new Answers();
        StreamObserver<byte[]> requests =
                ClientCalls.asyncClientStreamingCall(channel.newCall(GrpcUpstream.COUNT, CallOptions.DEFAULT), answers);
        for (int i = 0; i < 100; i++) {
            requests.onNext(new byte[10]);
        }
        requests.onCompleted();

        assertThat(answers.next()).isEqualTo("1000");
        assertThat(answers.next()).isEqualTo("OK");
    }

    @Test
    void carriesBothAtTheSameTime() throws Exception {
        Answers answers = new Answers();
        StreamObserver<byte[]> requests =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(GrpcUpstream.TALK, CallOptions.DEFAULT), answers);
        for (String word : List.of("one", "two", "three")) {
            requests.onNext(word.getBytes(StandardCharsets.UTF_8));
            assertThat(answers.next()).isEqualTo(word);
        }
        requests.onCompleted();

        assertThat(answers.next()).isEqualTo("OK");
    }

    @Test
    void passesOnHowACallEnded() {
        StatusRuntimeException atOnce = failure("Fail", "at once: ä 100%");
        assertThat(atOnce.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(atOnce.getStatus().getDescription()).isEqualTo("at once: ä 100%");
        assertThat(Objects.requireNonNull(atOnce.getTrailers()).get(GrpcUpstream.DETAIL))
                .isEqualTo("kept");
    }

    @Test
    void endsACallAtItsDeadlineAtBothEnds() {
        call("Echo", new byte[0]); // All connections are there now.
        StatusRuntimeException late = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel,
                        GrpcUpstream.unary("Hang"),
                        CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS),
                        new byte[0]));

        assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        await().atMost(PATIENCE).until(() -> upstream.cancelled() == 1);
    }

    @Test
    void answersItsOwnFailuresInGrpcsWay() {
        StatusRuntimeException unrouted = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel, GrpcUpstream.unary("other.Service", "Call"), CallOptions.DEFAULT, new byte[0]));
        assertThat(unrouted.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(unrouted.getStatus().getDescription())
                .matches("No route matches: .*NO_ROUTE, exchange [0-9a-f]{32}\\)");

        StatusRuntimeException down = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel, GrpcUpstream.unary("test.Down", "Call"), CallOptions.DEFAULT, new byte[0]));
        assertThat(down.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(down.getStatus().getDescription())
                .contains("UPSTREAM_UNREACHABLE")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void answersGrpcWithoutABodyAndOthersWithAProblem() {
        try (Http2Connection connection = new Http2Connection(gateway.port())) {
            HttpClientResponse grpc = connection
                    .request(HttpMethod.POST, "/nowhere")
                    .putHeader("content-type", "application/grpc+proto")
                    .send(Buffer.buffer("x"))
                    .await();
            assertThat(grpc.statusCode()).isEqualTo(200);
            assertThat(grpc.getHeader("grpc-status")).isEqualTo("12");
            assertThat(grpc.getHeader("content-type")).isEqualTo("application/grpc");

            HttpClientResponse other = connection
                    .request(HttpMethod.POST, "/nowhere")
                    .putHeader("content-type", "application/json")
                    .send(Buffer.buffer("x"))
                    .await();
            assertThat(other.statusCode()).isEqualTo(404);
            assertThat(other.getHeader("grpc-status")).isNull();
            assertThat(other.getHeader("content-type")).isEqualTo("application/problem+json");
        }
    }

    private byte[] call(String method, byte[] request) {
        return ClientCalls.blockingUnaryCall(channel, GrpcUpstream.unary(method), CallOptions.DEFAULT, request);
    }

    private StatusRuntimeException failure(String method, String request) {
        return catchThrowableOfType(
                StatusRuntimeException.class, () -> call(method, request.getBytes(StandardCharsets.UTF_8)));
    }

    /** What comes back, as text; then how it ended. */
    private static final class Answers implements StreamObserver<byte[]> {
        private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return String.valueOf(seen.poll(20, TimeUnit.SECONDS));
        }

        @Override
        public void onNext(byte[] answer) {
            seen.add(new String(answer, StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable error) {
            seen.add(Status.fromThrowable(error).toString());
        }

        @Override
        public void onCompleted() {
            seen.add("OK");
        }
    }
}
