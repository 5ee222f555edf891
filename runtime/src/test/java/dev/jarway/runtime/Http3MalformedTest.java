package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.Http3Headers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests over HTTP/3 that are not what a request has to be (RFC 9114 section 4.1.2). */
class Http3MalformedTest {
    private static final String HOST = "web.example.com";
    private static final String MESSAGE_ERROR = "reset 0x10e";
    private static final long REQUEST_INCOMPLETE = 0x10d;

    private final TestAuthority authority = TestAuthority.create();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    @BeforeEach
    void writeCertificates() {
        TestAuthority.write(directory, "web", authority.issue(HOST));
    }

    private GatewayFixture start(String limits, String more, Path... plugins) throws StartException {
        String listener = "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h3], limits: { " + limits
                + " }, tls: { " + certificates("web") + " } }]\n";
        return GatewayFixture.start(directory, listener, more, plugins);
    }

    private RawHttp3 connect(GatewayFixture gateway) throws Exception {
        return new RawHttp3(authority, HOST, gateway.port());
    }

    /** Fields one after the other, as {@code name=value}. */
    private static Http3Headers fields(String line) {
        Http3Headers head = new DefaultHttp3Headers(false);
        for (String field : line.split(" ", -1)) {
            int equals = field.indexOf('=');
            head.add(field.substring(0, equals), field.substring(equals + 1).replace('+', ' '));
        }
        return head;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":method=GET :scheme=https :authority=web.example.com :path=/ connection=close",
                ":method=GET :scheme=https :authority=web.example.com :path=/ te=gzip",
                ":method=GET :scheme=https :authority=web.example.com :path=/ :other=1",
                ":method=GET :scheme=https :authority=web.example.com",
                ":method=GET :scheme=https :authority=web.example.com :path=",
                ":method=GET :scheme=https :path=/",
                ":scheme=https :authority=web.example.com :path=/",
                ":method=GET :authority=web.example.com :path=/",
                ":method=GET :method=GET :scheme=https :authority=web.example.com :path=/",
                ":status=200 :method=GET :scheme=https :authority=web.example.com :path=/",
                ":method=GET :protocol=websocket :scheme=https :authority=web.example.com :path=/",
                ":method=CONNECT :protocol=websocket :scheme=https :authority=web.example.com :path=/",
                ":method=CONNECT :scheme=https :authority=web.example.com :path=/",
                ":method=GET :scheme=https :authority=web.example.com :path=/ host=other.example.com",
                ":method=GET :scheme=https :path=/ host=web.example.com host=other.example.com",
                ":method=GET :scheme=https :authority=we+b :path=/",
                ":method=G+T :scheme=https :authority=web.example.com :path=/",
                ":method=GET :scheme=https :authority=web.example.com :path=/ content-length=five",
                ":method=GET :scheme=https :authority=web.example.com :path=/ content-length=5",
            })
    void resetsTheStreamOfAMalformedRequest(String head) throws Exception {
        try (GatewayFixture gateway = start("", filters(""));
                RawHttp3 client = connect(gateway)) {
            assertThat(client.send(fields(head))).isEqualTo(MESSAGE_ERROR);
            assertThat(client.send(client.head("GET"))).isEqualTo("200 /");
            assertThat(gateway.upstream().seen()).hasSize(1);
        }
    }

    @Test
    void opensNoTunnels() throws Exception {
        try (GatewayFixture gateway = start("", filters(""));
                RawHttp3 client = connect(gateway)) {
            assertThat(client.send(fields(":method=CONNECT :authority=web.example.com:443")))
                    .startsWith("501 ");
        }
    }

    @Test
    void servesAsManyRequestsAfterwardsAsBefore() throws Exception {
        try (GatewayFixture gateway = start("", filters(""));
                RawHttp3 client = connect(gateway)) {
            for (int i = 0; i < 250; i++) {
                assertThat(client.send(client.head("GET", "connection", "close")))
                        .isEqualTo(MESSAGE_ERROR);
            }

            assertThat(client.send(client.head("GET"))).isEqualTo("200 /");
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(received.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void breaksOffARequestWhoseBodyIsShorterThanAnnounced() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    received.add(talk.until("hello"));
                    received.add(String.valueOf(talk.isClosed()));
                });
                GatewayFixture gateway = start("", upstream.entry());
                RawHttp3 client = connect(gateway);
                RawHttp3.Exchange exchange = client.begin(client.head("POST", "content-length", "10"))) {
            exchange.data("hello");
            assertThat(next()).contains("\r\ncontent-length: 10\r\n");
            assertThat(next()).isEqualTo("hello");

            exchange.end();

            assertThat(exchange.answer()).isEqualTo(MESSAGE_ERROR);
            assertThat(next()).isEqualTo("true");
        }
    }

    @Test
    void breaksOffARequestWhoseBodyIsLongerThanAnnounced() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    received.add(talk.until("hello"));
                    received.add(String.valueOf(talk.isClosed()));
                });
                GatewayFixture gateway = start("", upstream.entry());
                RawHttp3 client = connect(gateway);
                RawHttp3.Exchange exchange = client.begin(client.head("POST", "content-length", "7"))) {
            exchange.data("hello");
            assertThat(next()).contains("\r\ncontent-length: 7\r\n");
            assertThat(next()).isEqualTo("hello");

            exchange.data("GET / HTTP/1.1");

            assertThat(exchange.answer()).isEqualTo(MESSAGE_ERROR);
            assertThat(next()).isEqualTo("true");
        }
    }

    @Test
    void breaksOffARequestWithPseudoHeaderFieldsAmongItsTrailers() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    received.add(talk.until("hello"));
                    try {
                        received.add(talk.until("0\r\n\r\n"));
                    } catch (IOException e) {
                        received.add("broken off");
                    }
                });
                GatewayFixture gateway = start("", upstream.entry());
                RawHttp3 client = connect(gateway);
                RawHttp3.Exchange exchange = client.begin(client.head("POST"))) {
            exchange.data("hello");
            next();
            assertThat(next()).endsWith("hello");

            exchange.end(fields(":path=/other"));

            assertThat(exchange.answer()).isEqualTo(MESSAGE_ERROR);
            assertThat(next()).isEqualTo("broken off");
        }
    }

    @Test
    void givesUpARequestWhoseHeaderFieldsDoNotCome() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 1s", filters(""));
                RawHttp3 client = connect(gateway)) {
            // HEADERS of 32 bytes, of which two come.
            assertThat(client.sendOctets(0x01, 0x20, 0x00, 0x00).get(20, TimeUnit.SECONDS))
                    .isEqualTo(REQUEST_INCOMPLETE);
            assertThat(client.sendOctets(0x01).get(20, TimeUnit.SECONDS)).isEqualTo(REQUEST_INCOMPLETE);

            await().atMost(PATIENCE).until(() -> gateway.status().contains("\"headersWithin\" : 2"));
            assertThat(client.send(client.head("GET"))).isEqualTo("200 /");
        }
    }

    @Test
    void givesUpARequestWhoseBodyDoesNotCome() throws Exception {
        try (GatewayFixture gateway = start("bodyIdle: 1s", filters(""));
                RawHttp3 client = connect(gateway);
                RawHttp3.Exchange exchange = client.begin(client.head("POST"))) {
            exchange.data("hello");

            assertThat(exchange.answer()).startsWith("408 ");
        }
    }

    @Test
    void sendsAwayWhoResetsStreamAfterStream() throws Exception {
        try (GatewayFixture gateway = start("controlFrames: 50", filters(""));
                RawHttp3 client = connect(gateway)) {
            resetStreams(client, 90);

            await().atMost(PATIENCE).until(() -> !client.isOpen());
            assertThat(gateway.status()).contains("\"controlFrames\" : 1");
        }
    }

    private static void resetStreams(RawHttp3 client, int most) {
        try {
            for (int i = 0; i < most; i++) {
                client.begin(client.head("GET")).reset();
            }
        } catch (Exception e) {
            assertThat(e).isNotNull(); // It may have been sent away before it was through with them.
        }
    }

    @Test
    void sendsAwayWhoSendsPieceAfterPieceWithNothingInIt() throws Exception {
        try (GatewayFixture gateway = start("controlFrames: 100", filters(""));
                RawHttp3 client = connect(gateway);
                RawHttp3.Exchange exchange = client.begin(client.head("POST"))) {
            for (int i = 0; i < 100; i++) {
                exchange.data("");
            }
            assertThat(client.isOpen()).isTrue();
            exchange.data("");

            await().atMost(PATIENCE).until(() -> !client.isOpen());
        }
    }

    @Test
    void showsFiltersNoPseudoHeaderFields() throws Exception {
        Path names = filter("names", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) {
                    return Action.respond(LocalResponse.of(200, new java.util.TreeSet<>(request.headers().names()) + " "
                            + request.headers().contains(":authority") + " " + request.headers().get(":path")));
                }
                """).in(directory);
        try (GatewayFixture gateway = start("", filters("{ plugin: names }"), names);
                RawHttp3 client = connect(gateway)) {
            assertThat(client.send(client.head("GET", "accept", "*/*")))
                    .isEqualTo("200 [accept, via] false Optional.empty");
        }
    }
}
