package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of answers that their clients do not read. Only one request may be under way: what is held shows by the next. */
class UntakenAnswerTest {
    private static final String ONE_AT_A_TIME = "overload: { requests: 1 }\n";
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofMillis(200);

    /** In which somebody who is busy has been so for several times the limit. */
    private static final int TURNS = 100;

    private static final int KIB = 1024;

    /** What a slow reader reads in a turn, as long as the turns take several times the limit. */
    private static final int STEP = 16 * KIB;

    private static final int STEPS = 20;

    @TempDir
    Path directory;

    @Test
    void givesUpACompleteAnswerHoweverBusyItsConnectionIs() throws Exception {
        try (RawUpstream upstream = answering(10 * KIB);
                GatewayFixture gateway = start(LIMIT, upstream);
                RawHttp2 client = new RawHttp2(gateway.port())) {
            assertGivenUp(client, 0);

            awaitRoom(gateway);
        }
    }

    @Test
    void givesUpWhatIsOverForEverybodyButTheClient() throws Exception {
        try (RawUpstream upstream = answering(10);
                GatewayFixture gateway = start(LIMIT, upstream);
                RawHttp2 client = new RawHttp2(gateway.port())) {
            assertGivenUp(client, 1); // The end is behind the window too, and that is the connection's.

            awaitRoom(gateway);
            assertThat(gateway.status().replaceAll("\\s", "")).contains("\"limitsReached\":{\"responseIdle\":1}");
        }
    }

    @Test
    void givesUpTheGatewaysOwnAnswers() throws Exception {
        try (RawUpstream upstream = answering(10);
                GatewayFixture gateway = start(LIMIT, upstream);
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.frame(RawHttp2.SETTINGS, 0, 0, window(0));
            client.headers(1, get("/none"), true);

            assertThat(pinging(client)).containsExactly("404", "reset 8");
        }
    }

    @Test
    void givesUpAnAnswerUnderWayThoughTheServiceMayBeIdleForLonger() throws Exception {
        CountDownLatch ended = new CountDownLatch(2);
        try (RawUpstream upstream = endless(ended);
                GatewayFixture gateway = start(LIMIT, upstream);
                RawHttp2 client = new RawHttp2(gateway.port());
                RawExchange old = new RawExchange(gateway.port())) {
            assertGivenUp(client, 100 * KIB);
            awaitRoom(gateway, old);

            await().atMost(PATIENCE).until(() -> ended.getCount() == 0);
        }
    }

    @Test
    void endsAnAnswerWhoseClientLeavesWithoutHavingTakenIt() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        try (RawUpstream upstream = endless(ended, sent);
                GatewayFixture gateway = start(PATIENCE.multipliedBy(2), upstream)) {
            try (RawExchange client = new RawExchange(gateway.port())) {
                client.send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
                assertThat(client.until("\r\n\r\n")).contains(" 200 ");
                awaitStandstill(sent);
            }

            awaitLetGo(gateway, ended);
        }
    }

    @Test
    void endsAnAnswerWhoseStreamIsResetByAClientThatHasNotTakenIt() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        try (RawUpstream upstream = endless(ended, sent);
                GatewayFixture gateway = start(PATIENCE.multipliedBy(2), upstream);
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.headers(1, get("/"), true);
            assertThat(client.outcome(1)).isEqualTo("200");
            awaitStandstill(sent);

            client.frame(RawHttp2.RST_STREAM, 0, 1, number(8));

            awaitLetGo(gateway, ended);
        }
    }

    @Test
    void leavesAReaderAloneThatIsSlowButReads() throws Exception {
        PluginJar large = FilterSource.filter("large", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) {
                    return Action.respond(LocalResponse.of(200, "x".repeat(%d)));
                }
                """.formatted(STEPS * STEP));
        try (RawUpstream upstream = answering(1);
                GatewayFixture gateway = start(LIMIT.multipliedBy(2), upstream, large.in(directory));
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.frame(RawHttp2.SETTINGS, 0, 0, window(0));
            client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, number(STEPS * STEP));
            client.headers(1, get("/large"), true);

            assertThat(outcomes(client, () -> client.frame(RawHttp2.WINDOW_UPDATE, 0, 1, number(STEP))))
                    .containsExactly("200", "end");
        }
    }

    @Test
    void leavesAnAnswerAloneThatHasNothingToSend() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello");
                    goOn.await();
                    talk.send("hello");
                });
                GatewayFixture gateway = start(LIMIT.dividedBy(4), upstream);
                Http2Connection client = new Http2Connection(gateway.port())) {
            var body = ClientAnswers.body(client.begin("/")).map(Buffer::toString);
            await().during(LIMIT).atMost(PATIENCE).until(() -> !body.isComplete());

            goOn.countDown();

            assertThat(body.await()).isEqualTo("hellohello");
        }
    }

    private static void assertGivenUp(RawHttp2 client, int window) throws Exception {
        client.frame(RawHttp2.SETTINGS, 0, 0, window(window));
        client.headers(1, get("/"), true);

        assertThat(pinging(client)).containsExactly("200", "reset 8");
    }

    /** What becomes of the first stream while other things go on. */
    private static List<String> pinging(RawHttp2 client) throws Exception {
        return outcomes(client, () -> client.frame(RawHttp2.PING, 0, 0, new byte[8]));
    }

    /** What becomes of the first stream while the client does that again and again. */
    private static List<String> outcomes(RawHttp2 client, Runnable meanwhile) throws Exception {
        Thread busy = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < TURNS; i++) {
                    meanwhile.run();
                    Thread.sleep(TURN);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return List.of(client.outcome(1), client.outcome(1));
        } finally {
            busy.interrupt();
            busy.join();
        }
    }

    private static void awaitRoom(GatewayFixture gateway) {
        await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 200);
    }

    /** Another large answer is let in, of which nothing is read. */
    private static void awaitRoom(GatewayFixture gateway, RawExchange client) {
        await().atMost(PATIENCE).until(() -> {
            client.send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
            return client.until("\r\n\r\n").contains(" 200 ");
        });
        await().atMost(PATIENCE).until(() -> gateway.get("/none").statusCode() == 404);
    }

    /** Another request is let in, and the service knows that nobody takes more. */
    private static void awaitLetGo(GatewayFixture gateway, CountDownLatch ended) {
        await().atMost(PATIENCE).until(() -> gateway.get("/none").statusCode() == 404);
        await().atMost(PATIENCE).until(() -> ended.getCount() == 0);
    }

    /** Nobody takes more of what the service sends. */
    private static void awaitStandstill(AtomicLong sent) {
        AtomicLong before = new AtomicLong();
        await().atMost(PATIENCE)
                .pollInterval(TURN)
                .until(() -> before.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
    }

    private static byte[] window(int size) {
        return ByteBuffer.allocate(6).putShort((short) 4).putInt(size).array();
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static List<String[]> get(String path) {
        return List.of(
                new String[] {":method", "GET"},
                new String[] {":scheme", "http"},
                new String[] {":authority", "h"},
                new String[] {":path", path});
    }

    private static RawUpstream answering(int length) {
        return new RawUpstream(talk -> {
            while (true) {
                talk.head();
                talk.send("HTTP/1.1 200 OK\r\ncontent-length: " + length + "\r\n\r\n" + "x".repeat(length));
            }
        });
    }

    /** A service that sends until it is broken off. */
    private static RawUpstream endless(CountDownLatch ended) {
        return endless(ended, new AtomicLong());
    }

    private static RawUpstream endless(CountDownLatch ended, AtomicLong sent) {
        return new RawUpstream(talk -> {
            talk.head();
            talk.send("HTTP/1.1 200 OK\r\ncontent-length: 100000000000\r\n\r\n");
            OutputStream out = talk.socket().getOutputStream();
            try {
                while (true) {
                    out.write(new byte[64 * KIB]);
                    sent.addAndGet(64 * KIB);
                }
            } catch (IOException e) {
                ended.countDown();
            }
        });
    }

    private GatewayFixture start(Duration limit, RawUpstream upstream, Path... plugins) throws StartException {
        String large = plugins.length == 0
                ? ""
                : "  - { name: large, service: raw, match: { path: /large }, filters: [{ plugin: large }] }\n";
        return GatewayFixture.start(
                directory,
                "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c],"
                        + " limits: { responseIdle: " + limit.toMillis() + "ms } }]\n"
                        + ONE_AT_A_TIME,
                "  - { name: raw, endpoints: [{ url: \"" + upstream.url() + "\" }] }\n"
                        + "routes:\n  - { name: raw, service: raw, match: { path: / } }\n" + large,
                plugins);
    }
}
