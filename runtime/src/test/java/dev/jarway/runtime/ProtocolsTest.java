package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2, WebSocket and streams of events through the gateway. */
class ProtocolsTest {
    private static final String HTTP2 = "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]\n";
    private static final String LIVE = "routes: [{ name: live, service: live }]\n";

    private static final String UPGRADE_TO_HTTP2 = """
            GET /plain HTTP/1.1
            Host: test
            Connection: upgrade, http2-settings
            Upgrade: h2c
            HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA

            GET /last HTTP/1.1
            Host: test
            Connection: close

            """.replace("\n", "\r\n");

    @TempDir
    Path directory;

    @Test
    void servesHttp2WithoutTlsWhereConfigured() throws Exception {
        Path protocol = filter(
                        "protocol",
                        "1.0.0",
                        "@Override public Action onResponseHeaders(Response response) {"
                                + " response.headers().set(\"x-protocol\", exchange.protocol().toString());"
                                + " return Action.proceed(); }")
                .in(directory);
        try (GatewayFixture gateway =
                        GatewayFixture.start(directory.resolve("g"), HTTP2, filters("{ plugin: protocol }"), protocol);
                Http2Connection connection = new Http2Connection(gateway.port())) {
            HttpClientResponse response = connection.begin("/a");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.getHeader("x-protocol")).isEqualTo("HTTP/2");
            assertThat(ClientAnswers.body(response).await().toString()).isEqualTo("/a");
            assertThat(connection.post("/b", "text")).isEqualTo("text");
            assertThat(gateway.get("/c").body()).isEqualTo("/c");
        }
    }

    @Test
    void passesOnOverHttp1WhatCameOverHttp2WithoutAddingABody() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, filters(""));
                Http2Connection connection = new Http2Connection(gateway.port())) {
            connection.get("/plain");
            HttpClientRequest streamed = connection.request(HttpMethod.POST, "/streamed");
            streamed.headers().add("cookie", "a=1").add("cookie", "b=2");
            var body = streamed.response().compose(HttpClientResponse::body); // Asked for late, it might have gone by.
            streamed.setChunked(true).write("one ").await();
            streamed.end("two").await();

            assertThat(body.await().toString()).isEqualTo("one two");
            List<EchoUpstream.Seen> seen = new ArrayList<>(gateway.upstream().seen());
            assertThat(seen.getFirst().headers())
                    .doesNotContainKeys("transfer-encoding", "content-length")
                    .containsEntry("host", "127.0.0.1:" + gateway.port());
            assertThat(seen.getLast().headers()).containsEntry("cookie", "a=1; b=2");
        }
    }

    @Test
    void losesNothingOfABodyThatComesBeforeAnybodyAsks() throws Exception {
        Path slow = filter("slow", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) {
                    var done = new java.util.concurrent.CompletableFuture<Action>();
                    context.scheduler().after(java.time.Duration.ofMillis(400), () -> done.complete(Action.proceed()));
                    return Action.await(done);
                }
                """).in(directory);
        try (GatewayFixture gateway =
                        GatewayFixture.start(directory.resolve("g"), HTTP2, filters("{ plugin: slow }"), slow);
                Http2Connection connection = new Http2Connection(gateway.port())) {
            HttpClientRequest upload = connection.request(HttpMethod.POST, "/upload");
            var body = upload.response().compose(HttpClientResponse::body);
            upload.setChunked(true).writeHead().await();
            await().atMost(PATIENCE)
                    .until(() -> gateway.status().replace(" ", "").contains("\"onThisRevision\":1"));
            upload.write("one ").await();
            upload.end("two").await();

            assertThat(body.await().toString()).isEqualTo("one two");
        }
    }

    @Test
    void carriesManyStreamsOnOneConnection() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, filters(""));
                Http2Connection connection = new Http2Connection(gateway.port())) {
            List<HttpClientRequest> requests = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                requests.add(connection.request(HttpMethod.GET, "/" + i));
            }
            List<Future<Buffer>> bodies = requests.stream()
                    .map(request -> ClientAnswers.body(request))
                    .toList();

            for (int i = 0; i < 50; i++) {
                assertThat(bodies.get(i).await().toString()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void doesNotSpeakHttp2WhereNotConfigured() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, filters(""));
                Http2Connection connection = new Http2Connection(gateway.port());
                Socket upgrading = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            upgrading.setSoTimeout(10_000);
            upgrading.getOutputStream().write(UPGRADE_TO_HTTP2.getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(upgrading.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("/last");
            assertThatThrownBy(() -> connection.get("/")).isNotNull();
        }
    }

    @Test
    void passesOnTheHeadOfAStreamBeforeItsFirstPiece() throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
                    headSeen.await();
                    talk.send("2\r\nok\r\n0\r\n\r\n");
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");

            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
            headSeen.countDown();
            assertThat(client.until("0\r\n\r\n")).isEqualTo("2\r\nok\r\n0\r\n\r\n");
        }
    }

    @Test
    void hangsUpOnHttp1WhereHttp2IsServedAlone() throws Exception {
        String alone = HTTP2.replace("[h1, h2c]", "[h2c]");
        try (GatewayFixture gateway = GatewayFixture.start(directory, alone, filters(""));
                Http2Connection connection = new Http2Connection(gateway.port())) {
            for (String first :
                    List.of("GET / HTTP/1.1\r\nhost: h\r\n\r\n", "POST / HTTP/1.1\r\n", "PRI * HTTP/2.0\r\n\r\nX")) {
                try (RawExchange stranger = new RawExchange(gateway.port())) {
                    stranger.send(first);
                    assertThat(stranger.isClosed()).isTrue();
                }
            }
            assertThat(connection.get("/a")).isEqualTo("/a");
            assertThat(gateway.upstream().seen()).hasSize(1);
        }
    }

    @Test
    void takesUpHttp2OnAnOpenListener() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, filters(""))) {
            int port = gateway.port();

            assertThat(gateway.configure(HTTP2, filters("")).statusCode()).isEqualTo(200);

            assertThat(gateway.port()).isEqualTo(port);
            try (Http2Connection connection = new Http2Connection(port)) {
                assertThat(connection.get("/a")).isEqualTo("/a");
            }
        }
    }

    @Test
    void asksNoServiceForWhatTheClientTakesBackAtOnce() throws Exception {
        try (LiveUpstream live = new LiveUpstream();
                GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, live.entry() + LIVE);
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.together(() -> {
                client.headers(1, head("GET", "/hang"), true);
                client.frame(RawHttp2.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
                client.headers(3, head("POST", "/hang"), false);
                client.frame(RawHttp2.RST_STREAM, 0, 3, new byte[] {0, 0, 0, 8});
            });
            client.headers(5, head("GET", "/one-event"), true);

            assertThat(client.outcome(5)).isEqualTo("200");
            assertThat(live.arrived()).isEqualTo(1);
        }
    }

    private static List<String[]> head(String method, String path) {
        return List.of(
                new String[] {":method", method},
                new String[] {":scheme", "http"},
                new String[] {":authority", "h"},
                new String[] {":path", path});
    }

    @Test
    void resetsOneStreamAndNoOtherWhenAServiceBreaksOff() throws Exception {
        try (LiveUpstream live = new LiveUpstream();
                GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, live.entry() + LIVE);
                Http2Connection connection = new Http2Connection(gateway.port())) {
            HttpClientResponse half = connection.begin("/half");
            HttpClientResponse events = connection.begin("/events");
            var broken = ClientAnswers.body(half);
            live.breakOff();

            assertThatThrownBy(broken::await).hasMessageContaining("reset: 2");
            assertThat(events.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void carriesAWebSocket() throws Exception {
        try (LiveUpstream live = new LiveUpstream();
                GatewayFixture gateway = GatewayFixture.start(directory, live.entry() + LIVE);
                TalkingSocket socket = TalkingSocket.to(gateway.port(), "/echo")) {
            String large = "x".repeat(100_000);

            assertThat(socket.ask("hello")).isEqualTo("hello");
            assertThat(socket.ask(large)).isEqualTo(large);

            socket.leave();
            await().atMost(PATIENCE).until(() -> live.open() == 0);
        }
    }

    @Test
    void passesOnTheRefusalOfAWebSocket() throws Exception {
        try (LiveUpstream live = new LiveUpstream();
                GatewayFixture gateway = GatewayFixture.start(directory, live.entry() + LIVE)) {
            assertThatThrownBy(() -> TalkingSocket.to(gateway.port(), "/elsewhere"))
                    .isInstanceOfAny(ExecutionException.class, CompletionException.class, IOException.class)
                    .hasStackTraceContaining("403");
        }
    }

    @Test
    void showsAWebSocketsHandshakeToFiltersAndTheirEnd() throws Exception {
        Path watcher = filter(
                        "watcher",
                        "1.0.0",
                        "@Override public Action onRequestHeaders(Request request) {"
                                + " exchange.logField(\"asked\", request.target()); return Action.proceed(); }"
                                + " @Override public Action onResponseHeaders(Response response) {"
                                + " response.headers().set(\"x-status\", String.valueOf(response.status()));"
                                + " return Action.bufferBody(10); }"
                                + " @Override public void onComplete(Outcome outcome) {"
                                + " System.setProperty(\"watched\", outcome.status() + \" \" + outcome.requestBytes()); }")
                .in(directory);
        try (LiveUpstream live = new LiveUpstream();
                GatewayFixture gateway = GatewayFixture.start(
                        directory.resolve("g"),
                        live.entry() + "routes: [{ name: live, service: live, filters: [{ plugin: watcher }] }]\n",
                        watcher);
                TalkingSocket socket = TalkingSocket.to(gateway.port(), "/echo")) {
            assertThat(socket.ask("hello")).isEqualTo("hello");
            socket.leave();

            // Five letters and a masked header, then the close frame.
            await().atMost(PATIENCE)
                    .until(() -> System.getProperty("watched", "").equals("101 " + (5 + 6 + 8)));
        } finally {
            System.clearProperty("watched");
        }
    }
}
