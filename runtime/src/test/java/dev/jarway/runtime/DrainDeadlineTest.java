package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.answering;
import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.GenerationState;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long requests may hold a snapshot that has been replaced, and how they end then. */
class DrainDeadlineTest {
    private static final String HTTP2 = "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]\n";
    private static final String ROUTES = """
            routes:
              - { name: live, service: live, filters: [{ plugin: old }] }
              - { name: echo, match: { path: /upload }, service: echo, filters: [{ plugin: old }] }
            """;
    private static final String UPGRADE = """
            GET /echo HTTP/1.1
            Host: test
            Connection: upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """;
    private static final String SOON = "drain: { deadline: 300ms }\n";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private LiveUpstream live;

    @BeforeEach
    void startService() {
        live = new LiveUpstream();
    }

    @AfterEach
    void stopService() {
        live.close();
        client.shutdownNow();
    }

    @Test
    void leavesAWebSocketAloneThroughManyChanges() throws Exception {
        try (GatewayFixture gateway = gateway("drain: { deadline: 30s }\n");
                TalkingSocket socket = TalkingSocket.to(gateway.port(), "/echo")) {
            for (int i = 0; i < 10; i++) {
                replaceEverything(gateway, "drain: { deadline: 30s }\n", i);

                assertThat(socket.ask("still " + i)).isEqualTo("still " + i);
            }
            assertThat(gateway.status()).contains("\"endedAtDrainDeadline\" : 0", "\"revision\" : 1,");
        }
    }

    @Test
    void endsAWebSocketByGoingAway() throws Exception {
        try (GatewayFixture gateway = gateway(SOON);
                TalkingSocket socket = TalkingSocket.to(gateway.port(), "/echo")) {
            assertThat(socket.ask("hello")).isEqualTo("hello");

            replaceEverything(gateway, SOON, 0);

            assertThat(socket.end().get(10, TimeUnit.SECONDS)).isEqualTo(1001);
            await().atMost(PATIENCE).until(() -> live.open() == 0);
            assertEndedAndLetGo(gateway);
        }
    }

    @Test
    void closesTheConnectionOfAWebSocketWhoseClientWaitsForThat() throws Exception {
        try (GatewayFixture gateway = gateway(SOON);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(UPGRADE.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat((char) socket.getInputStream().read()).isEqualTo('H');

            replaceEverything(gateway, SOON, 0);

            byte[] all = socket.getInputStream().readAllBytes();
            assertThat(all).endsWith(0x88, 2, 1001 >> 8, 1001 & 0xff);
        }
    }

    @Test
    void endsAWebSocketByGoingAwayWhenItsListenerIsTakenAway() throws Exception {
        String both =
                "listeners: [{ name: web, host: 127.0.0.1, port: 0 }, { name: side, host: 127.0.0.1, port: 0 }]\n";
        try (GatewayFixture gateway =
                        GatewayFixture.start(directory.resolve("g"), both, live.entry() + SOON + ROUTES, old());
                TalkingSocket socket =
                        TalkingSocket.to(gateway.gateway().listeners().getLast().port(), "/echo")) {
            assertThat(socket.ask("hello")).isEqualTo("hello");

            replaceEverything(gateway, SOON, 0);

            assertThat(socket.end().get(10, TimeUnit.SECONDS)).isEqualTo(1001);
        }
    }

    @Test
    void endsAStreamOfEventsByItsEnd() throws Exception {
        try (GatewayFixture gateway = gateway(SOON)) {
            CompletableFuture<HttpResponse<Stream<String>>> events = client.sendAsync(
                    HttpRequest.newBuilder(gateway.uri("/events")).build(), HttpResponse.BodyHandlers.ofLines());
            Stream<String> lines = events.get(10, TimeUnit.SECONDS).body();

            replaceEverything(gateway, SOON, 0);

            assertThat(lines.toList()).contains("data: 1").last().isEqualTo("");
            assertEndedAndLetGo(gateway);
        }
    }

    @Test
    void resetsAStreamOfHttp2WithoutCallingItAnError() throws Exception {
        try (GatewayFixture gateway = gateway(SOON);
                Http2Connection connection = new Http2Connection(gateway.port())) {
            HttpClientResponse half = connection.begin("/half");
            var body = ClientAnswers.body(half);

            replaceEverything(gateway, SOON, 0);

            assertThatThrownBy(body::await).hasMessageContaining("reset: 0");
            assertThat(connection.get("/elsewhere")).isEmpty(); // The connection itself goes on.
            assertEndedAndLetGo(gateway);
        }
    }

    @Test
    void breaksOffAnAnswerThatIsNotComplete() throws Exception {
        try (GatewayFixture gateway = gateway(SOON)) {
            CompletableFuture<HttpResponse<String>> half = begin(gateway, "/half");
            awaitArrival();

            replaceEverything(gateway, SOON, 0);

            assertThatThrownBy(() -> half.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertEndedAndLetGo(gateway);
        }
    }

    @Test
    void answersWhatHasNoAnswerYetByAskingToTryAgain() throws Exception {
        try (GatewayFixture gateway = gateway(SOON);
                TricklingUpload upload = TricklingUpload.to(gateway.port())) {
            upload.send("some");
            CompletableFuture<HttpResponse<String>> hanging = begin(gateway, "/hang");
            awaitArrival();

            replaceEverything(gateway, SOON, 0);

            HttpResponse<String> answer = hanging.get(10, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("DRAINED", "try again");
            // The other event loop may come to it a moment later.
            await().atMost(PATIENCE).until(() -> gateway.status().contains("\"endedAtDrainDeadline\" : 2"));
            assertThat(upload.finish()).startsWith("HTTP/1.1 503 ").contains("DRAINED");
        }
    }

    @Test
    void endsWebSocketsByGoingAwayWhenTheGatewayStops() throws Exception {
        try (GatewayFixture gateway = gateway(SOON);
                TalkingSocket socket = TalkingSocket.to(gateway.port(), "/echo")) {
            gateway.gateway().close();

            assertThat(socket.end().get(10, TimeUnit.SECONDS)).isEqualTo(1001);
        }
    }

    @Test
    void keepsNothingOfWhatHasDrainedLongBeforeItsDeadline() throws Exception {
        try (GatewayFixture gateway = gateway("drain: { deadline: 10m }\n")) {
            assertThat(gateway.get("/elsewhere").statusCode()).isEqualTo(404);

            replaceEverything(gateway, "drain: { deadline: 10m }\n", 0);
            Files.delete(gateway.folder().resolve("old-1.0.0.jar"));

            // One that is not collected stays in this list, as a ZOMBIE.
            await().atMost(PATIENCE)
                    .until(() -> gateway.gateway().generations().stream()
                            .noneMatch(it -> it.toString().startsWith("old")));
        }
    }

    @Test
    void endsAWebSocketBesideAnExchangeThatIsAllButOver() throws Exception {
        Path slow = plugin(
                        "slow",
                        "1.0.0",
                        "",
                        "return exchange -> new Filter() { @Override public void onComplete(Outcome outcome) {"
                                + " try { Thread.sleep(4_000); } catch (InterruptedException e) { } } };",
                        "@Override public Execution executes() { return Execution.VIRTUAL_THREAD; }")
                .in(directory);
        String slowly = "routes: [{ name: all, service: live, filters: [{ plugin: slow, timeout: 8s }] }]\n";
        try (GatewayFixture gateway =
                GatewayFixture.start(directory.resolve("g"), HTTP2, live.entry() + SOON + slowly, slow)) {
            for (int i = 0; i < 4; i++) { // On each event loop, and before the WebSocket.
                try (KeptConnection connection = KeptConnection.to(gateway.port())) {
                    assertThat(connection.head("/one-event", "")).startsWith("HTTP/1.1 200");
                }
            }
            try (TalkingSocket socket = TalkingSocket.to(gateway.port(), "/echo")) {
                assertThat(socket.ask("hello")).isEqualTo("hello");

                replaceEverything(gateway, SOON, 0);

                assertThat(socket.end().get(10, TimeUnit.SECONDS)).isEqualTo(1001);
            }
        }
    }

    @Test
    void closesAPluginThatDoesNotLetGoOfItsThread() throws Exception {
        // A join heeds no interrupt, and there is no loop to be cut at.
        Path deaf = plugin(
                        "deaf",
                        "1.0.0",
                        "String text",
                        "return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                                + " return new java.util.concurrent.CompletableFuture<Action>().completeOnTimeout("
                                + " Action.proceed(), 20, java.util.concurrent.TimeUnit.SECONDS).join(); } };",
                        "@Override public Execution executes() { return Execution.VIRTUAL_THREAD; }")
                .in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                SOON + filters("{ plugin: deaf, config: { text: x }, timeout: 200ms }"),
                deaf)) {
            assertThat(gateway.get("/").body()).contains("PLUGIN_TIMEOUT");

            gateway.configure(SOON + filters("{ plugin: next, optional: true }"));
            answering("next", "1.0.0", "next").in(gateway.folder());
            Files.delete(gateway.folder().resolve("deaf-1.0.0.jar"));

            await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals("next"));
            await().atMost(PATIENCE)
                    .until(() -> gateway.gateway().generations().stream()
                            .noneMatch(
                                    it -> it.toString().startsWith("deaf") && it.state() == GenerationState.DRAINING));
            assertThat(gateway.get("/").body()).isEqualTo("next");
        }
    }

    private GatewayFixture gateway(String drain) throws Exception {
        return GatewayFixture.start(directory.resolve("g"), HTTP2, live.entry() + drain + ROUTES, old());
    }

    private Path old() {
        return filter("old", "1.0.0", "").in(directory);
    }

    /** Puts a configuration in force that has nothing of the one before but its services. */
    private void replaceEverything(GatewayFixture gateway, String drain, int revision) {
        String routes = "routes: [{ name: r" + revision + ", service: live }]\n";
        assertThat(gateway.configure(HTTP2, live.entry() + drain + routes).statusCode())
                .isEqualTo(200);
    }

    private CompletableFuture<HttpResponse<String>> begin(GatewayFixture gateway, String path) {
        URI uri = gateway.uri(path);
        return client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void awaitArrival() {
        await().atMost(PATIENCE).until(() -> live.arrived() > 0);
    }

    private static void assertEndedAndLetGo(GatewayFixture gateway) {
        await().atMost(PATIENCE)
                .until(() -> gateway.status().contains("\"endedAtDrainDeadline\" : 1")
                        && gateway.status().contains("\"earlierRevisions\" : [ ]"));
    }
}
