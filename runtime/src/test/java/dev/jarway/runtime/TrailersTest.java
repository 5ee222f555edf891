package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpClientResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trailers through the gateway, both ways, and what must not come as one. */
class TrailersTest {
    private static final String HTTP2 = "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c],"
            + " limits: { trailers: 200 } }]\n";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    @TempDir
    Path directory;

    /** What a service was sent: its head, and what came after it up to the end of the trailers. */
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private RawUpstream recording() {
        return new RawUpstream(talk -> {
            while (true) {
                String head = talk.head();
                received.add(head);
                if (head.contains("transfer-encoding: chunked")) {
                    received.add(talk.chunks());
                } else {
                    received.add("");
                }
                talk.send(OK);
            }
        });
    }

    private String next() throws InterruptedException {
        return String.valueOf(received.poll(20, TimeUnit.SECONDS));
    }

    private static RawUpstream answering(String answer) {
        return new RawUpstream(talk -> {
            while (true) {
                talk.head();
                talk.send(answer);
            }
        });
    }

    @Test
    void letsGoOfARequestWhoseTrailersAreRefused() throws Exception {
        String strict = "listeners: [{ name: web, host: 127.0.0.1, port: 0, headers: { underscores: reject } }]\n";
        try (RawUpstream upstream = recording();
                GatewayFixture gateway = GatewayFixture.start(directory, strict, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(lines("POST / HTTP/1.1", "host: h", "transfer-encoding: chunked", "", "0", "x_y: 1", ""));

            assertThat(client.answer(false).status()).isEqualTo(400);
            await().atMost(PATIENCE).until(() -> gateway.status().contains("\"onThisRevision\" : 0"));
        }
    }

    @Test
    void passesOnARequestsTrailersWithTheirAnnouncement() throws Exception {
        try (RawUpstream upstream = recording();
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(lines(
                    "POST / HTTP/1.1",
                    "host: h",
                    "transfer-encoding: chunked",
                    "trailer: x-sum, content-length",
                    "",
                    "5",
                    "hello",
                    "0",
                    "X-Sum: 1",
                    "x-other: 2",
                    "x-other: 3",
                    ""));

            assertThat(client.answer(false).status()).isEqualTo(200);
            assertThat(next()).contains("\r\ntrailer: x-sum\r\n");
            assertThat(next()).isEqualToIgnoringCase("5\r\nhello\r\n0\r\nX-Sum: 1\r\nx-other: 2\r\nx-other: 3\r\n\r\n");
        }
    }

    @Test
    void keepsTheTrailersOfEachRequestToItself() throws Exception {
        try (RawUpstream upstream = recording();
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            String begin = "POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n";
            client.send(begin + "x-t: 1\r\n\r\n" + begin + "\r\n" + begin + "x-t: 3\r\n\r\n");

            for (String trailers : List.of("x-t: 1\r\n\r\n", "\r\n", "x-t: 3\r\n\r\n")) {
                assertThat(client.answer(false).status()).isEqualTo(200);
                next();
                assertThat(next()).isEqualTo("1\r\na\r\n0\r\n" + trailers);
            }
        }
    }

    @Test
    void leavesOutTrailersThatShouldHaveBeenKnownBefore() throws Exception {
        try (RawUpstream upstream = recording();
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(lines(
                    "POST / HTTP/1.1",
                    "host: h",
                    "transfer-encoding: chunked",
                    "connection: x-hop",
                    "",
                    "1",
                    "a",
                    "0",
                    "authorization: x",
                    "client-cert: :x:",
                    "client-cert-chain: :x:",
                    "x-hop: 1",
                    "x-kept: 1",
                    "cookie: a=b",
                    "x-forwarded-for: 1.2.3.4",
                    "keep-alive: 5",
                    "content-type: a/b",
                    ""));

            assertThat(client.answer(false).status()).isEqualTo(200);
            next();
            assertThat(next()).isEqualTo("1\r\na\r\n0\r\nx-kept: 1\r\n\r\n");
        }
    }

    @Test
    void passesOnTrailersOfHttp2() throws Exception {
        try (RawUpstream upstream = recording();
                GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, upstream.entry());
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.headers(1, post(), false);
            client.data(1, "hello", false);
            client.headers(1, List.of(field("x-sum", "1"), field("cookie", "a=b")), true);

            assertThat(client.outcome(1)).isEqualTo("200");
            next();
            assertThat(next()).isEqualTo("5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n");

            client.headers(3, post(), false);
            client.headers(3, fields(field("x-alone", "1")), true);

            assertThat(client.outcome(3)).isEqualTo("200");
            next();
            assertThat(next()).isEqualTo("0\r\nx-alone: 1\r\n\r\n");
        }
    }

    @Test
    void passesThemOnToAServiceOfHttp2() throws Exception {
        try (FrameUpstream upstream = new FrameUpstream();
                GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, upstream.entry());
                RawExchange client = new RawExchange(gateway.port());
                RawHttp2 http2 = new RawHttp2(gateway.port())) {
            String large = "x".repeat(50_000);
            String begin = "POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n";
            client.send(begin + "C350\r\n" + large + "\r\n0\r\nX-Sum: 1\r\nauthorization: x\r\nx-other: 2\r\n\r\n");
            assertThat(client.answer(false).body()).isEqualTo("50000 octets, x-sum: 1, x-other: 2");
            client.send(begin + "0\r\nx-alone: 1\r\n\r\n");
            assertThat(client.answer(false).body()).isEqualTo("0 octets, x-alone: 1");
            client.send(begin + "0\r\n\r\n");
            assertThat(client.answer(false).body()).isEqualTo("0 octets");

            http2.headers(1, post(), false);
            http2.data(1, "hello", false);
            http2.headers(1, fields(field("x-sum", "1")), true);
            assertThat(http2.outcome(1)).isEqualTo("200");
        }
    }

    @Test
    void refusesTrailersOfHttp2ThatAreTooLargeOrWouldFrameTheMessage() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, GatewayFixture.filters(""));
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.headers(1, post(), false);
            client.data(1, "hello", false);
            client.headers(1, fields(field("x-large", "x".repeat(200))), true);
            assertThat(client.outcome(1)).isEqualTo("431");

            client.headers(3, post(), false);
            client.headers(3, fields(field("content-length", "0")), true);
            assertThat(client.outcome(3)).matches("400|reset 1");
        }
    }

    @Test
    void passesOnAResponsesTrailers() throws Exception {
        String answer = lines(
                "HTTP/1.1 200 OK",
                "transfer-encoding: chunked",
                "trailer: x-sum, age",
                "connection: x-hop",
                "",
                "5",
                "hello",
                "0",
                "x-sum: 1",
                "set-cookie: a=b",
                "x-hop: 1",
                "x-unannounced: 2",
                "");
        try (RawUpstream upstream = answering(answer);
                GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, upstream.entry());
                RawExchange client = new RawExchange(gateway.port());
                RawExchange old = new RawExchange(gateway.port());
                Http2Connection http2 = new Http2Connection(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
            assertThat(client.until("\r\n\r\n").toLowerCase(Locale.ROOT)).contains("trailer: x-sum\r\n");
            assertThat(client.until("0\r\n") + client.until("\r\n\r\n"))
                    .isEqualTo("5\r\nhello\r\n0\r\nx-sum: 1\r\nx-unannounced: 2\r\n\r\n");

            HttpClientResponse response = http2.begin("/");
            assertThat(ClientAnswers.body(response).await().toString()).isEqualTo("hello");
            assertThat(response.getTrailer("x-sum")).isEqualTo("1");
            assertThat(response.getTrailer("x-unannounced")).isEqualTo("2");
            assertThat(response.trailers().contains("set-cookie")).isFalse();

            old.send("GET / HTTP/1.0\r\nhost: h\r\n\r\n");
            assertThat(old.until("hello")).doesNotContainIgnoringCase("trailer");
            assertThat(old.isClosed()).isTrue();
        }
    }

    @Test
    void showsTrailersToFiltersWhichMayChangeThem() throws Exception {
        Path filter = filter("trailing", "1.0.0", """
                @Override public Action onRequestTrailers(Headers trailers) {
                    trailers.set("x-seen", trailers.get("x-t").orElse("none"));
                    trailers.remove("x-t");
                    return Action.proceed();
                }
                @Override public Action onResponseTrailers(Headers trailers) {
                    try { trailers.set("content-type", "a/b"); }
                    catch (IllegalArgumentException refused) { trailers.set("x-refused", "yes"); }
                    return Action.proceed();
                }
                """).in(directory);
        Path buffering = filter("buffering", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) { return Action.bufferBody(100); }
                @Override public Action onRequestBody(Request request, Bytes body, Headers trailers) {
                    trailers.set("x-buffered", String.valueOf(body.length()));
                    return Action.proceed();
                }
                """).in(directory);
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    received.add(talk.chunks());
                    talk.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx-t: 1\r\n\r\n");
                });
                GatewayFixture gateway = GatewayFixture.start(
                        directory.resolve("g"),
                        upstream.entry()
                                .replace(
                                        "service: raw }",
                                        "service: raw, filters: [{ plugin: trailing }, { plugin: buffering }] }"),
                        filter,
                        buffering);
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(
                    "POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx-t: 7\r\n\r\n");

            next();
            assertThat(next()).isEqualTo("1\r\na\r\n0\r\nx-seen: 7\r\nx-buffered: 1\r\n\r\n");
            client.until("\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).isEqualTo("0\r\nx-t: 1\r\nx-refused: yes\r\n\r\n");
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static List<String[]> fields(String[] only) {
        return Collections.singletonList(only);
    }

    private static List<String[]> post() {
        return List.of(field(":method", "POST"), scheme(), path(), authority());
    }

    private static String[] scheme() {
        return field(":scheme", "http");
    }

    private static String[] path() {
        return field(":path", "/");
    }

    private static String[] authority() {
        return field(":authority", "h");
    }

    private static String[] field(String name, String value) {
        return new String[] {name, value};
    }
}
