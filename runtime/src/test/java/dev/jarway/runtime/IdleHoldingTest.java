package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is kept for the next request holds nothing of the last one. */
class IdleHoldingTest {
    /** Shorter than any connection is kept, on either side. */
    private static final Duration SOON = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    @Test
    void keepsNothingThatWasReplacedOnAnIdleConnectionToAService() throws Exception {
        try (GatewayFixture gateway = start();
                TricklingUpload one = TricklingUpload.to(gateway.port());
                TricklingUpload other = TricklingUpload.to(gateway.port())) {
            one.send("begun");
            other.send("begun");
            assertThat(one.finish()).endsWith("begun");
            assertThat(other.finish()).endsWith("begun");

            assertIsCollectedOnceReplaced(gateway);
        }
    }

    @Test
    void keepsNothingThatWasReplacedOnAnIdleConnectionOfAClient() throws Exception {
        try (GatewayFixture gateway = start();
                KeptConnection kept = KeptConnection.to(gateway.port())) {
            kept.get("/");

            assertIsCollectedOnceReplaced(gateway);
            kept.get("/");
            assertThat(kept.failures()).isZero();
        }
    }

    private GatewayFixture start() throws Exception {
        return GatewayFixture.start(
                directory.resolve("gateway"),
                GatewayFixture.filters("{ plugin: probe }"),
                touching("1.0.0").in(directory));
    }

    private static void assertIsCollectedOnceReplaced(GatewayFixture gateway) throws Exception {
        touching("1.1.0").in(gateway.folder());
        Files.delete(gateway.folder().resolve("probe-1.0.0.jar"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(gateway.gateway().generations())
                        .extracting(Object::toString)
                        .containsExactly("probe@1.1.0#2"));
    }

    /** A plugin that takes part in all of an exchange, so that the gateway has every reason to remember it. */
    private static PluginJar touching(String version) {
        return FilterSource.filter("probe", version, """
                @Override public Action onRequestData(Chunk chunk) { return Action.proceed(); }
                @Override public Action onResponseHeaders(Response response) { return Action.proceed(); }
                @Override public Action onResponseData(Chunk chunk) { return Action.proceed(); }
                @Override public void onComplete(Outcome outcome) {}
                """);
    }
}
