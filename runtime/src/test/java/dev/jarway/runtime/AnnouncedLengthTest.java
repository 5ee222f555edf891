package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with bodies whose length filters change, and say so or do not. */
class AnnouncedLengthTest {
    /** What stands behind the body would be a request of its own, if it were sent. */
    private static final String METHODS = """
            private String path = "";
            @Override public Action onRequestHeaders(Request request) {
                path = request.path();
                if (path.equals("/said")) {
                    request.headers().remove("content-length");
                }
                return Action.proceed();
            }
            @Override public Action onRequestData(Chunk chunk) {
                String text = chunk.bytes().asUtf8();
                if (path.equals("/shorter")) {
                    chunk.replace(Bytes.empty());
                } else if (text.endsWith("o")) {
                    chunk.replace(Bytes.utf8(text + "\\r\\n\\r\\nGET /smuggled HTTP/1.1\\r\\nhost: a\\r\\n\\r\\n"));
                }
                return Action.proceed();
            }
            """;

    @TempDir
    Path directory;

    private Path jar;

    @BeforeEach
    void compile() throws Exception {
        jar = filter("length", "1.0.0", METHODS).in(directory);
    }

    @Test
    void sendsNothingBehindABodyThatIsLongerThanAnnounced() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = start(service(upstream.url()));
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(post("/longer") + "hello");
            RawExchange.Answer refused = client.answer(false);

            assertGoesOn(client, upstream);
            assertThat(upstream.strays()).isEmpty();
            assertRefused(refused);
        }
    }

    @Test
    void breaksABodyOffThatTurnsOutLongerThanAnnounced() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = start(service(upstream.url()));
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(post("/longer") + "hel");
            await().atMost(PATIENCE).until(() -> !upstream.isIdle());
            client.send("lo");
            RawExchange.Answer refused = client.answer(false);

            assertGoesOn(client, upstream);
            assertThat(upstream.strays()).containsExactly("a body cut short");
            assertRefused(refused);
        }
    }

    private static void assertGoesOn(RawExchange client, RecordingUpstream upstream) throws IOException {
        client.send("GET /after HTTP/1.1\r\nhost: a\r\n\r\n");

        assertThat(client.answer(false).body()).isEqualTo("ok");
        await().atMost(PATIENCE).until(upstream::isIdle);
        assertThat(upstream.seen()).extracting(RecordingUpstream.Seen::line).containsExactly("GET /after HTTP/1.1");
    }

    @Test
    void leavesNoConnectionBehindOnWhichABodyIsShorterThanAnnounced() throws Exception {
        Queue<String> heads = new ConcurrentLinkedQueue<>();
        try (RawUpstream early = new RawUpstream(talk -> {
                    while (true) {
                        String head = talk.head();
                        heads.add(head);
                        talk.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
                        talk.in().readNBytes(head.contains("content-length: 5") ? 5 : 0);
                    }
                });
                GatewayFixture gateway = start(service(early.url()));
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(post("/shorter") + "hello");
            RawExchange.Answer refused = client.answer(false);

            client.send("GET /after HTTP/1.1\r\nhost: a\r\n\r\n");

            assertThat(client.answer(false).body()).isEqualTo("ok");
            assertThat(heads).singleElement().asString().startsWith("get /after ");
            assertRefused(refused);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/longer", "/shorter"})
    void givesUpTheStreamOfOneThatGoesOverHttp2(String path) throws Exception {
        try (FrameUpstream upstream = new FrameUpstream();
                GatewayFixture gateway = start(upstream.service());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(post(path) + "hello");
            assertRefused(client.answer(false));

            client.send(post("/as-it-is") + "holla");

            assertThat(client.answer(false).body()).isEqualTo("5 octets");
        }
    }

    @Test
    void sendsABodyOfAnyLengthInChunksIfNoneIsAnnounced() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = start(service(upstream.url()));
                RawExchange client = new RawExchange(gateway.port())) {
            client.send(post("/said") + "hello");

            assertThat(client.answer(false).body()).isEqualTo("ok");
            assertThat(upstream.seen()).singleElement().satisfies(seen -> {
                assertThat(seen.chunked()).isTrue();
                assertThat(seen.body()).startsWith("hello\r\n\r\nGET /smuggled");
            });
        }
    }

    private GatewayFixture start(String service) throws StartException {
        return GatewayFixture.start(
                directory.resolve("g"),
                "  - " + service + "\nroutes: [{ name: all, service: named, filters: [{ plugin: length }] }]\n",
                jar);
    }

    private static String service(String url) {
        return "{ name: named, endpoints: [{ url: \"" + url + "\" }] }";
    }

    private static String post(String path) {
        return "POST " + path + " HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n";
    }

    private static void assertRefused(RawExchange.Answer answer) {
        assertThat(answer.body()).contains("\"code\":\"PLUGIN_FAILED\"").contains("announced: 5");
        assertThat(answer.status()).isEqualTo(500);
    }
}
