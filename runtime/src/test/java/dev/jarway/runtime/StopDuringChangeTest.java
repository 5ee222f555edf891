package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A change that is still under way when the gateway is told to stop. */
@Timeout(120)
class StopDuringChangeTest {
    private static final String PATIENT = "plugins: { createTimeout: 60s }\n";

    @TempDir
    Path directory;

    @Test
    void opensNoListenerAgainAndMakesNoRevision() throws Exception {
        Path pause = directory.resolve("wait");
        Path making = directory.resolve("making");
        try (GatewayFixture fixture = GatewayFixture.start(
                directory.resolve("g"), PATIENT, slow(making, pause).in(directory))) {
            Gateway gateway = fixture.gateway();
            long revision = gateway.snapshot().revision();
            Files.createFile(pause);
            // It hears nothing: the admin endpoint is the first to go.
            CompletableFuture<HttpResponse<String>> change = CompletableFuture.supplyAsync(
                    () -> fixture.configure(PATIENT + GatewayFixture.filters("{ plugin: slow }")));
            await().atMost(PATIENCE).until(() -> Files.exists(making));

            CompletableFuture<Void> end = CompletableFuture.runAsync(gateway::close);
            await().atMost(PATIENCE).until(() -> gateway.listeners().isEmpty());
            Files.delete(pause);
            end.get();

            await().atMost(PATIENCE).until(change::isCompletedExceptionally);
            assertThat(gateway.listeners()).isEmpty();
            assertThat(gateway.snapshot().revision()).isEqualTo(revision);
            assertThat(gateway.history().last()).isEqualTo(revision);
        }
    }

    private static PluginJar slow(Path making, Path pause) {
        return FilterSource.plugin(
                "slow",
                "1.0.0",
                "String text",
                "java.nio.file.Files.writeString(java.nio.file.Path.of(\"" + making + "\"), \"\");"
                        + "while (java.nio.file.Files.exists(java.nio.file.Path.of(\"" + pause
                        + "\"))) { Thread.sleep(20); }"
                        + "return exchange -> new Filter() {};",
                "");
    }
}
