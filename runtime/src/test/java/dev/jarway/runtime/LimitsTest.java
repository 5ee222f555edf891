package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client that goes beyond a limit of its listener is told, and that others are not. */
class LimitsTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

    @TempDir
    Path directory;

    @Test
    void answersAHeadThatDoesNotComeToItsEndHoweverOftenAByteOfItComes() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 1s");
                RawExchange slow = new RawExchange(gateway.port());
                RawExchange silent = new RawExchange(gateway.port())) {
            slow.send("GET / HTTP/1.1\r\nX: ");
            await().atMost(GatewayFixture.PATIENCE).until(() -> {
                slow.send("a");
                return ended(slow);
            });
            assertThat(silent.isClosed()).isTrue();
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersWith408AHeadThatIsLate() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 300ms");
                RawExchange kept = new RawExchange(gateway.port())) {
            kept.send(GET);
            assertThat(kept.answer(false).status()).isEqualTo(200);
            kept.send("GET / HTTP/1.1\r\nHo");

            assertThat(kept.answer(false).status()).isEqualTo(408);
            assertThat(kept.isClosed()).isTrue();
        }
    }

    @Test
    void sendsAwayWhoseHeaderFieldsOverHttp2DoNotComeToTheirEnd() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 300ms");
                RawHttp2 silent = new RawHttp2(gateway.port());
                RawHttp2 half = new RawHttp2(gateway.port());
                RawHttp2 usual = new RawHttp2(gateway.port())) {
            assertThat(get(silent, 1)).isEqualTo("200"); // Settings have been exchanged then.
            assertThat(get(half, 1)).isEqualTo("200");
            silent.frame(RawHttp2.HEADERS, 0, 3, new byte[0]); // CONTINUATION is to follow.
            half.begin(RawHttp2.HEADERS, 100, 3);

            assertThat(silent.end()).isEqualTo("goaway 11");
            assertThat(half.end()).isEqualTo("goaway 11");
            assertThat(get(usual, 1)).isEqualTo("200");
        }
    }

    @Test
    void givesEachRequestOverHttp2TheTimeForItsOwnHeaderFields() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 2s");
                RawHttp2 client = new RawHttp2(gateway.port())) {
            assertThat(get(client, 1)).isEqualTo("200");
            int begun = 20;
            byte[] last = client.octets(() -> client.headers(3, get(), true));
            client.send(Arrays.copyOf(last, begun));
            for (int stream = 5; stream < 25; stream += 2) {
                int next = stream;
                byte[] following = client.octets(() -> client.headers(next, get(), true));
                ByteArrayOutputStream piece = new ByteArrayOutputStream();
                piece.write(last, begun, last.length - begun);
                piece.write(following, 0, begun);
                await().pollDelay(Duration.ofMillis(400)).until(() -> true);
                client.send(piece.toByteArray());

                assertThat(client.outcome(stream - 2)).isEqualTo("200");
                last = following;
            }
        }
    }

    @Test
    void leavesAQuietConnectionOpenThatHasHadARequest() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 100ms");
                RawExchange kept = new RawExchange(gateway.port());
                RawExchange other = new RawExchange(gateway.port())) {
            kept.send(GET);
            assertThat(kept.answer(false).status()).isEqualTo(200);
            assertThat(other.isClosed()).isTrue();
            kept.send(GET);

            assertThat(kept.answer(false).status()).isEqualTo(200);
        }
    }

    @Test
    void answersWith408ABodyThatStops() throws Exception {
        try (GatewayFixture gateway = start("bodyIdle: 300ms");
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");

            assertThat(client.answer(false).status()).isEqualTo(408);
            assertThat(client.isClosed()).isTrue();
            assertThat(gateway.status().replaceAll("\\s", "")).contains("\"limitsReached\":{\"bodyIdle\":1}");
        }
    }

    @Test
    void answersWith408ABodyThatStopsOverHttp2AndLeavesTheConnection() throws Exception {
        try (GatewayFixture gateway = start("bodyIdle: 300ms");
                Http2Connection client = new Http2Connection(gateway.port())) {
            HttpClientRequest upload = client.request(HttpMethod.POST, "/");
            upload.setChunked(true).write("abc").await();

            assertThat(upload.response().await().statusCode()).isEqualTo(408);
            assertThat(client.begin("/").statusCode()).isEqualTo(200);
            assertThat(client.opened()).isEqualTo(1);
        }
    }

    @Test
    void blamesTheClientOverHttp2ForABodyThatStopsBeforeTheServiceHasToAnswerForIt() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h2c], limits: { bodyIdle: 2s } }]\n",
                        "  - { name: recorder, timeouts: { idle: 3s }, endpoints: [{ url: \"" + upstream.url()
                                + "\" }] }\nroutes: [{ name: all, service: recorder }]\n");
                Http2Connection client = new Http2Connection(gateway.port())) {
            HttpClientRequest upload = client.request(HttpMethod.POST, "/");
            upload.setChunked(true).write("abc").await();

            assertThat(upload.response().await().statusCode()).isEqualTo(408);
        }
    }

    @Test
    void answersWith400ChunksThatGoWrongInTheMiddle() throws Exception {
        try (GatewayFixture gateway = start("bodyIdle: 10s");
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.provisional()).isEqualTo(100);
            client.send("5\r\nhello\n");

            RawExchange.Answer answer = client.answer(false);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.head()).contains("connection: close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void answersWith413ABodyThatTurnsOutTooLarge() throws Exception {
        try (GatewayFixture gateway = start("body: 10");
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("6\r\n123456\r\n6\r\n123456\r\n0\r\n\r\n");

            assertThat(client.answer(false).status()).isEqualTo(413);
            assertThat(gateway.post("/", "1234567890").statusCode()).isEqualTo(200);
            assertThat(gateway.post("/", "12345678901").statusCode()).isEqualTo(413);
        }
    }

    @Test
    void closesAConnectionThatHasHadItsRequests() throws Exception {
        try (GatewayFixture gateway = start("requestsPerConnection: 2");
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(GET);
            assertThat(client.answer(false).head()).doesNotContain("connection: close");
            client.send(GET);
            assertThat(client.answer(false).head()).contains("connection: close");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void letsInSoManyConnectionsAndOneMoreWhenOneIsGone() throws Exception {
        try (GatewayFixture gateway = start("connections: 2");
                RawExchange first = new RawExchange(gateway.port());
                RawExchange second = new RawExchange(gateway.port())) {
            first.send(GET);
            second.send(GET);
            assertThat(first.answer(false).status()).isEqualTo(200);
            assertThat(second.answer(false).status()).isEqualTo(200);
            try (RawExchange third = new RawExchange(gateway.port())) {
                assertThat(third.isClosed()).isTrue();
            }
            first.hangUp();
            await().atMost(GatewayFixture.PATIENCE).until(() -> isServed(gateway.port()));
        }
    }

    @Test
    void letsInSoManyConnectionsOfOneClient() throws Exception {
        try (GatewayFixture gateway = start("connectionsPerClient: 1");
                RawExchange first = new RawExchange(gateway.port())) {
            first.send(GET);
            assertThat(first.answer(false).status()).isEqualTo(200);
            try (RawExchange second = new RawExchange(gateway.port())) {
                assertThat(second.isClosed()).isTrue();
            }
        }
    }

    @Test
    void sendsAwayWhoSendsFramesThatCarryNothing() throws Exception {
        try (GatewayFixture gateway = start("controlFrames: 100")) {
            byte[] none = new byte[0];
            byte[] window = {0, 0, 0, 1};
            assertSentAway(gateway, client -> client.frame(RawHttp2.PING, 0, 0, new byte[8]));
            assertSentAway(gateway, client -> client.frame(RawHttp2.PING, 1, 0, new byte[8]));
            assertSentAway(gateway, client -> client.frame(RawHttp2.SETTINGS, 0, 0, none));
            assertSentAway(gateway, client -> client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, window));
            assertSentAway(gateway, client -> client.frame(99, 0, 0, none));
            assertSentAway(gateway, client -> client.frame(RawHttp2.GOAWAY, 0, 0, new byte[8]));
            assertSentAway(gateway, client -> client.frame(RawHttp2.PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 1}));
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sendsAwayWhoResetsOrSendsEmptyData() throws Exception {
        try (GatewayFixture gateway = start("controlFrames: 100")) {
            try (RawHttp2 client = new RawHttp2(gateway.port())) {
                many(stream -> {
                    client.headers(stream, get(), false);
                    reset(client, stream);
                });
                assertThat(client.end()).isEqualTo("goaway 11");
            }
            try (RawHttp2 client = new RawHttp2(gateway.port())) {
                client.headers(1, get(), false);
                many(any -> client.data(1, "", false));
                assertThat(client.end()).isEqualTo("goaway 11");
            }
        }
    }

    @Test
    void sendsAwayWhoHasItsStreamsReset() throws Exception {
        try (GatewayFixture gateway = start("controlFrames: 1000");
                RawHttp2 client = new RawHttp2(gateway.port())) {
            many(stream -> {
                client.headers(stream, get(), false);
                client.frame(RawHttp2.WINDOW_UPDATE, 0, stream, new byte[4]);
            });
            assertThat(client.end()).isEqualTo("goaway 11");
            assertThat(gateway.status()).contains("\"streamResets\" : 1");
        }
    }

    @Test
    void sendsAwayWhoComesWithMalformedRequests() throws Exception {
        try (GatewayFixture gateway = start("controlFrames: 1000");
                RawHttp2 client = new RawHttp2(gateway.port())) {
            many(stream -> client.headers(stream, get().subList(1, 3), true));
            assertThat(client.end()).isEqualTo("goaway 11");
            assertThat(gateway.status()).contains("\"streamResets\" : 1");
        }
    }

    @Test
    void letsAClientResetAsManyStreamsAsConfigured() throws Exception {
        try (GatewayFixture gateway = start("streamResets: 299");
                RawHttp2 client = new RawHttp2(gateway.port())) {
            for (int stream = 1; stream < 2 * 299; stream += 2) {
                client.headers(stream, get(), false);
                reset(client, stream);
            }
            assertThat(get(client, 601)).isEqualTo("200");
            client.headers(603, get(), false);

            reset(client, 603);

            assertThat(client.end()).isEqualTo("goaway 11");
            assertThat(gateway.status()).contains("\"streamResets\" : 1");
        }
    }

    @Test
    void answersWith431FieldsOfHttp2ThatAreTooMany() throws Exception {
        try (GatewayFixture gateway = start("headerCount: 10");
                RawHttp2 client = new RawHttp2(gateway.port())) {
            List<String[]> fields = new ArrayList<>(get());
            for (int i = 0; i < 11; i++) {
                fields.add(new String[] {"x", "1"});
            }
            client.headers(1, fields, true);

            assertThat(client.outcome(1)).isEqualTo("431");
        }
    }

    @Test
    void takesUpOtherLimitsWithoutFailingARequest() throws Exception {
        String other = "listeners: [{ name: web, host: 127.0.0.1, port: 0, limits: { headerCount: 3 } }]\n";
        try (GatewayFixture gateway = GatewayFixture.start(directory, GatewayFixture.filters(""))) {
            int port = gateway.port();
            assertThat(gateway.configure(other, GatewayFixture.filters("")).statusCode())
                    .isEqualTo(200);
            try (RawExchange client = new RawExchange(port)) {
                client.send("GET / HTTP/1.1\r\nHost: h\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n");
                assertThat(client.answer(false).status()).isEqualTo(431);
            }
        }
    }

    private static List<String[]> get() {
        return List.of(
                new String[] {":method", "GET"},
                new String[] {":scheme", "http"},
                new String[] {":authority", "h"},
                new String[] {":path", "/a"});
    }

    private static void reset(RawHttp2 client, int stream) {
        client.frame(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    }

    private interface Frames {
        void send(RawHttp2 client);
    }

    private static void assertSentAway(GatewayFixture gateway, Frames frames) throws Exception {
        try (RawHttp2 client = new RawHttp2(gateway.port())) {
            many(any -> frames.send(client));
            assertThat(client.end()).isEqualTo("goaway 11");
        }
    }

    private static void many(IntConsumer send) {
        for (int i = 0; i < 300; i++) {
            send.accept(2 * i + 1);
        }
    }

    private static boolean isServed(int port) throws IOException {
        try (RawExchange client = new RawExchange(port)) {
            client.send(GET);
            return client.answer(false).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean ended(RawExchange client) throws IOException {
        return client.hasMore() && client.answer(false).status() == 408;
    }

    private static String get(RawHttp2 client, int stream) throws Exception {
        client.headers(
                stream,
                List.of(
                        new String[] {":method", "GET"},
                        new String[] {":scheme", "http"},
                        new String[] {":path", "/"},
                        new String[] {":authority", "h"}),
                true);
        return client.outcome(stream);
    }

    private GatewayFixture start(String limits) throws StartException {
        return GatewayFixture.start(
                directory,
                "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c], limits: { " + limits
                        + " } }]\n",
                GatewayFixture.filters(""));
    }
}
