package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version of HTTP services are spoken to in. */
class UpstreamProtocolTest {
    private static final long REFUSED_STREAM = 7;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /** Speaks both without TLS, HTTP/2 by prior knowledge. */
    private final HttpServer plain = vertx.createHttpServer(new HttpServerOptions())
            .requestHandler(request -> request.body().onSuccess(body -> {
                seen.add(request.method() + " " + request.version());
                if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    request.response().reset(REFUSED_STREAM);
                } else {
                    request.response().end(request.version() + " " + request.authority() + " " + body);
                }
            }))
            .listen(0, "127.0.0.1")
            .await();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource({"h1, HTTP_1_1", "h2, HTTP_2", "auto, HTTP_2"})
    void speaksOverTlsWhatIsConfigured(String protocol, String spoken) throws Exception {
        TestAuthority authority = TestAuthority.create();
        TestAuthority.write(directory, "authority", authority.root());
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "  - { name: named, protocol: " + protocol
                                + ", tls: { ca: authority.crt }, timeouts: { connect: 10s }, endpoints: [{ url: \""
                                + upstream.url()
                                + "\" }] }\nroutes: [{ name: all, service: named }]\n")) {
            assertThat(gateway.get("/").body()).startsWith(spoken);
        }
    }

    @ParameterizedTest
    @CsvSource({"h1, HTTP_1_1", "h2, HTTP_2", "auto, HTTP_1_1"})
    void speaksWithoutTlsWhatIsConfigured(String protocol, String spoken) throws Exception {
        try (GatewayFixture gateway = start("protocol: " + protocol)) {
            assertThat(gateway.post("/", "body").body()).isEqualTo(spoken + " 127.0.0.1:" + gateway.port() + " body");
        }
    }

    @Test
    void asksEndpointsHowTheyAreInThatVersion() throws Exception {
        try (GatewayFixture gateway = start("protocol: h2, health: { active: { interval: 50ms, unhealthy: 1 } }")) {
            await().atMost(GatewayFixture.PATIENCE).until(() -> seen.size() > 3);

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            assertThat(seen).allMatch(line -> line.endsWith("HTTP_2"));
        }
    }

    @RepeatedTest(5) // What is written and not flushed stands still one time in three.
    void sendsManyRequestsAtATimeOverHttp2() throws Exception {
        try (GatewayFixture gateway = start("protocol: h2, timeouts: { connect: 20s }")) {
            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                String body = "x".repeat(i * 100);
                sent.add(CompletableFuture.supplyAsync(
                        () -> gateway.post("/", body),
                        command -> Thread.ofVirtual().start(command)));
            }

            for (int i = 0; i < 300; i++) {
                assertThat(sent.get(i).get().body()).hasSizeGreaterThan(i * 100).endsWith("x".repeat(i * 100));
            }
        }
    }

    @Test
    void triesAgainWhatTheEndpointHasNotBegunWith() throws Exception {
        try (GatewayFixture gateway = start("protocol: h2")) {
            refusals.set(1);

            assertThat(gateway.post("/", "body").body()).endsWith(" body");

            assertThat(seen).containsExactly("POST HTTP_2", "POST HTTP_2");
        }
    }

    private GatewayFixture start(String keys) throws StartException {
        return GatewayFixture.start(
                directory,
                "  - { name: named, " + keys + ", endpoints: [{ url: \"http://127.0.0.1:" + plain.actualPort()
                        + "\" }] }\nroutes: [{ name: all, service: named }]\n");
    }
}
