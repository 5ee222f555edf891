package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses before the final one, and clients that wait for one of them before they send a body. */
class ProvisionalTest {
    private static final String HTTP2 = "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]\n";
    private static final String EXPECTING =
            lines("POST / HTTP/1.1", "host: h", "content-length: 5", "expect: 100-continue");
    private static final String CONTINUE = lines("HTTP/1.1 100 Continue");
    private static final String OK = lines("HTTP/1.1 200 OK", "content-length: 2") + "ok";
    private static final String HINTS = lines("HTTP/1.1 102 Processing")
            + lines("HTTP/1.1 103 Early Hints", "link: </a.css>", "connection: x-hop", "x-hop: 1", "keep-alive: 5")
            + lines("HTTP/1.1 103 Early Hints", "link: </b.css>");

    @TempDir
    Path directory;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private String next() throws InterruptedException {
        return String.valueOf(received.poll(20, TimeUnit.SECONDS));
    }

    private static RawUpstream hinting() {
        return new RawUpstream(talk -> {
            while (true) {
                talk.head();
                talk.send(HINTS);
                talk.send(OK);
            }
        });
    }

    @Test
    void passesOnAllThatComesBeforeTheFinalResponse() throws Exception {
        try (RawUpstream upstream = hinting();
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            for (int i = 0; i < 2; i++) {
                client.send(lines("GET / HTTP/1.1", "host: h"));

                assertThat(head(client)).isEqualTo(lines("http/1.1 102 processing"));
                assertThat(head(client)).isEqualTo(lines("http/1.1 103 early hints", "link: </a.css>"));
                assertThat(head(client)).isEqualTo(lines("http/1.1 103 early hints", "link: </b.css>"));
                assertThat(client.answer(false).body()).isEqualTo("ok");
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void passesThemOnOverHttp2AndNotOverHttp10() throws Exception {
        try (RawUpstream upstream = hinting();
                GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, upstream.entry());
                RawHttp2 raw = new RawHttp2(gateway.port());
                RawExchange old = new RawExchange(gateway.port())) {
            raw.headers(
                    1,
                    List.of(
                            new String[] {":method", "GET"},
                            new String[] {":scheme", "http"},
                            new String[] {":path", "/"},
                            new String[] {":authority", "h"}),
                    true);
            assertThat(List.of(raw.outcome(1), raw.outcome(1), raw.outcome(1), raw.outcome(1)))
                    .containsExactly("102", "103", "103", "200");

            old.send(lines("GET / HTTP/1.0", "host: h"));
            assertThat(head(old)).contains(" 200 ok");
        }
    }

    @Test
    void leavesItToTheServiceWhetherAClientIsToSendItsBody() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    talk.send(CONTINUE);
                    received.add(talk.until("hello"));
                    talk.send(OK);
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(EXPECTING);

            assertThat(next()).contains("\r\nexpect: 100-continue\r\n");
            assertThat(client.provisional()).isEqualTo(100);
            client.send("hello");
            assertThat(client.answer(false).status()).isEqualTo(200);
            assertThat(next()).isEqualTo("hello");
        }
    }

    @Test
    void passesOnAFinalResponseInPlaceOfTheWordToGoOn() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    talk.send(lines("HTTP/1.1 417 Expectation Failed", "content-length: 0"));
                    received.add("closed: " + talk.isClosed());
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(EXPECTING);

            RawExchange.Answer answer = client.answer(false);
            assertThat(answer.status()).isEqualTo(417);
            assertThat(answer.head()).contains("connection: close");
            next();
            assertThat(next()).isEqualTo("closed: true");
        }
    }

    /** For longer than the ten seconds that its connection, which is closed after it, once had left. */
    @Test
    void sendsAllOfAnAnswerForWhichTheBodyWasNotWanted() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.send(lines("HTTP/1.1 200 OK", "content-length: 12"));
                    for (int i = 0; i < 12; i++) {
                        Thread.sleep(1000);
                        talk.send("x");
                    }
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(EXPECTING);

            RawExchange.Answer answer = client.answer(false);
            assertThat(answer.head()).contains("connection: close");
            assertThat(answer.body()).isEqualTo("x".repeat(12));
        }
    }

    @Test
    void asksForTheBodyItselfWhereTheServiceSaysNothing() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.until("hello");
                    talk.send(OK);
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port());
                RawExchange impatient = new RawExchange(gateway.port())) {
            client.send(EXPECTING);
            impatient.send(EXPECTING);
            impatient.send("hello");

            assertThat(client.provisional()).isEqualTo(100);
            client.send("hello");
            assertThat(client.answer(false).status()).isEqualTo(200);
            assertThat(impatient.answer(false).status()).isEqualTo(200);
        }
    }

    @Test
    void asksForTheBodyItselfWhereAFilterWantsIt() throws Exception {
        Path buffering = filter("buffering", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) { return Action.bufferBody(100); }
                """).in(directory);
        Path refusing = filter("refusing", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) {
                    return Action.respond(LocalResponse.of(403, "no")); }
                """).in(directory);
        String routes = """
                routes:
                  - { name: a, match: { path: "/" }, service: echo, filters: [{ plugin: buffering }] }
                  - { name: b, match: { path: "/refused" }, service: echo, filters: [{ plugin: refusing }] }
                """;
        try (GatewayFixture gateway = GatewayFixture.start(directory.resolve("g"), routes, buffering, refusing);
                RawExchange client = new RawExchange(gateway.port());
                RawExchange refused = new RawExchange(gateway.port())) {
            client.send(EXPECTING);
            assertThat(client.provisional()).isEqualTo(100);
            assertThat(gateway.upstream().seen()).isEmpty();
            client.send("hello");
            assertThat(client.answer(false).body()).isEqualTo("hello");
            assertThat(gateway.upstream().seen().element().headers()).doesNotContainKey("expect");

            refused.send(EXPECTING.replace("POST /", "POST /refused"));
            RawExchange.Answer answer = refused.answer(false);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.head()).contains("connection: close");
        }
    }

    @Test
    void passesAnExpectationOnFromHttp2() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    talk.send(CONTINUE);
                    talk.until("hello");
                    talk.send(OK);
                });
                GatewayFixture gateway = GatewayFixture.start(directory, HTTP2, upstream.entry());
                Http2Connection connection = new Http2Connection(gateway.port())) {
            HttpClientRequest request = connection.request(HttpMethod.POST, "/");
            Queue<String> told = new ConcurrentLinkedQueue<>();
            request.putHeader("expect", "100-continue").putHeader("content-length", "5");
            request.continueHandler(proceed -> {
                told.add("continue");
                request.end("hello");
            });
            request.writeHead().await();

            HttpClientResponse response = request.response().await();
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(told).containsExactly("continue");
            assertThat(next()).contains("\r\nexpect: 100-continue\r\n");
        }
    }

    @Test
    void givesUpAServiceThatNeverComesToTheFinalResponse() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    while (true) {
                        talk.send(lines("HTTP/1.1 103 Early Hints"));
                    }
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(lines("GET / HTTP/1.1", "host: h"));

            assertThat(client.answer(false).status()).isEqualTo(502);
        }
    }

    private static String head(RawExchange client) throws Exception {
        return client.until("\r\n\r\n").toLowerCase(Locale.ROOT);
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }
}
