package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.host.LogCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses whose length filters change, and who is told to have done so. */
class ChangedLengthTest {
    private static final String CHANGING = """
            private String path = "";
            @Override public Action onRequestHeaders(Request request) {
                path = request.path();
                return Action.proceed();
            }
            @Override public Action onResponseHeaders(Response response) {
                if (path.endsWith("said")) {
                    response.headers().remove("content-length");
                }
                return Action.proceed();
            }
            @Override public Action onResponseData(Chunk chunk) {
                if (path.startsWith("/longer")) {
                    chunk.replace(Bytes.utf8(chunk.bytes().asUtf8() + "!"));
                } else if (path.startsWith("/shorter")) {
                    chunk.replace(Bytes.empty());
                } else if (path.startsWith("/throws") && !chunk.last()) {
                    throw new IllegalStateException("no");
                }
                return Action.proceed();
            }
            """;
    private static final String LOOKING = """
            @Override public Action onResponseData(Chunk chunk) { return Action.proceed(); }
            """;

    @TempDir
    Path directory;

    private final LogCapture log = new LogCapture("jarway.access");
    private final CountDownLatch go = new CountDownLatch(1);
    private Path changing;
    private Path looking;

    @BeforeEach
    void compile() throws Exception {
        changing = filter("changing", "1.2.0", CHANGING).in(directory);
        looking = filter("looking", "1.0.0", LOOKING).in(directory);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource({"/longer, 6", "/shorter, 0"})
    void isThePluginsFaultAndNotTheServices(String path, String bytes) throws Exception {
        try (RawUpstream service = new RawUpstream(talk -> {
                    while (true) {
                        talk.head();
                        talk.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello");
                    }
                });
                GatewayFixture gateway = start(service);
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nhost: a\r\n\r\n");
            RawExchange.Answer failed = client.answer(false);
            client.send("GET /as-it-is HTTP/1.1\r\nhost: a\r\n\r\n");

            assertThat(client.answer(false).body()).isEqualTo("hello");
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.body())
                    .contains("\"code\":\"PLUGIN_FAILED\"", "\"plugin\":\"changing@1.2.0")
                    .contains("in onResponseData: " + bytes + " bytes (announced: 5)");
        }
    }

    @Test
    void breaksTheResponseOffWhereItHasBegun() throws Exception {
        try (RawUpstream service = halting();
                GatewayFixture gateway = start(service);
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET /longer HTTP/1.1\r\nhost: a\r\n\r\n");
            client.until("hel!");
            go.countDown();

            assertThat(client.isClosed()).isTrue();
            await().atMost(PATIENCE)
                    .until(() -> log.messages().stream()
                            .anyMatch(
                                    line -> line.contains("failure=PLUGIN_FAILED") && line.contains("changing@1.2.0")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/longer/said", "/shorter/said"})
    void isAsTheFilterLikesIfItSaysSo(String path) throws Exception {
        try (RawUpstream service = halting();
                GatewayFixture gateway = start(service)) {
            go.countDown();

            assertThat(gateway.get(path).body().replace("!", "")).isEqualTo(path.startsWith("/longer") ? "hello" : "");
            assertThat(gateway.get(path).headers().firstValue("content-length")).isEmpty();
        }
    }

    @Test
    void leavesNoServiceWaitingForAFilterThatHasFailed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawUpstream service = new RawUpstream(talk -> {
                    talk.head();
                    talk.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel");
                    if (talk.isClosed()) {
                        ended.countDown();
                    }
                });
                GatewayFixture gateway = start(service)) {
            assertThat(gateway.get("/throws").body()).contains("\"code\":\"PLUGIN_FAILED\"");

            assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** A service that sends the second half of its answers when it is let. */
    private RawUpstream halting() {
        return new RawUpstream(talk -> {
            while (true) {
                talk.head();
                talk.send("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel");
                if (!go.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IOException("not let");
                }
                talk.send("lo");
            }
        });
    }

    private GatewayFixture start(RawUpstream service) throws Exception {
        return GatewayFixture.start(
                directory.resolve("g"),
                "  - { name: raw, endpoints: [{ url: \"" + service.url() + "\" }], retries: { attempts: 0 } }\n"
                        + "filters: [{ plugin: looking }]\n"
                        + "routes: [{ name: all, service: raw, filters: [{ plugin: changing }, { plugin: looking, name: after }] }]\n",
                changing,
                looking);
    }
}
