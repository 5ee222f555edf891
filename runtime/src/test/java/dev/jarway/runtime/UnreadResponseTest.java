package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a response that has come, and that nobody reads yet, does to the connection that it has come on. */
class UnreadResponseTest {
    private static final String LISTENER =
            "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]\n";

    private static final int MOST = 40;

    /** It holds responses back until {@code /go} is asked for. */
    private static final String HOLDING = """
            return exchange -> new Filter() {
                private String path = "";
                @Override public Action onRequestHeaders(Request request) {
                    path = request.path();
                    if (path.equals("/turn")) {
                        return Action.respond(LocalResponse.of(204, ""));
                    }
                    if (path.equals("/go")) {
                        GATE.complete(Action.proceed());
                        return Action.respond(LocalResponse.of(204, ""));
                    }
                    return Action.proceed();
                }
                @Override public Action onResponseHeaders(Response response) {
                    return path.equals("/turn") ? Action.proceed() : Action.await(GATE);
                }
            };
            """;

    private static final String GATE =
            "static final java.util.concurrent.CompletableFuture<Action> GATE = new java.util.concurrent.CompletableFuture<>();";

    @TempDir
    Path directory;

    @Test
    void leavesItsConnectionToTheNextRequestHoweverManyPiecesItHas() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        Path hold = FilterSource.plugin("hold", "1.0.0", "String text", HOLDING, GATE)
                .in(directory);
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    while (true) {
                        String head = talk.head();
                        int pieces = Integer.parseInt(head.substring(head.indexOf("/") + 1, head.indexOf(" http")));
                        talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(pieces)
                                + "0\r\n\r\n");
                        answered.incrementAndGet();
                    }
                });
                GatewayFixture gateway = GatewayFixture.start(
                        directory.resolve("g"),
                        LISTENER,
                        "  - { name: raw, endpoints: [{ url: \"" + upstream.url() + "\" }] }\n"
                                + "routes: [{ name: all, service: raw, filters: [{ plugin: hold, timeout: 60s }] }]\n",
                        hold);
                Http2Connection client = new Http2Connection(gateway.port())) {
            List<Future<Buffer>> bodies = new ArrayList<>();
            // The longest first: Netty reads as much at a time as it has lately needed, and each is to come in one
            // read.
            for (int pieces = MOST; pieces > 0; pieces--) {
                bodies.add(ClientAnswers.body(client.request(HttpMethod.GET, "/" + pieces)));
                int sent = MOST - pieces + 1;
                await().atMost(PATIENCE).until(() -> answered.get() == sent);
                // What the service has sent before is read when this has been answered, by the same event loop.
                client.request(HttpMethod.GET, "/turn").send().await();
            }
            client.request(HttpMethod.GET, "/go").send().await();

            for (int pieces = MOST; pieces > 0; pieces--) {
                assertThat(bodies.get(MOST - pieces).await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .hasToString("x".repeat(pieces));
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }
}
