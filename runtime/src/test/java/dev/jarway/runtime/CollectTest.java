package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jarway.loader.GenerationState;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the admin endpoint says of plugins that are closed and do not go. */
class CollectTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    @Test
    void namesWhatHoldsAZombieAndTheWayToItFromARoot() throws Exception {
        Path jar = leaving("""
            var thread = new Thread(() -> {
                try { Thread.sleep(600_000); } catch (InterruptedException e) {}
            }, "acme-left");
            thread.setDaemon(true);
            thread.start();
            """);
        try (GatewayFixture gateway =
                GatewayFixture.start(directory.resolve("g"), filters("{ plugin: probe }"), SOON, jar)) {
            takeAway(gateway, jar);
            awaitState(gateway, GenerationState.ZOMBIE);

            JsonNode zombie =
                    JSON.readTree(collect(gateway, "?heap=true").body()).get(0);

            assertThat(zombie.get("generation").asText()).isEqualTo("probe@1.0.0#1");
            assertThat(zombie.get("state").asText()).isEqualTo("ZOMBIE");
            assertThat(zombie.get("holders").get(0).get("kind").asText()).isEqualTo("thread");
            assertThat(zombie.get("holders").get(0).get("detail").asText())
                    .startsWith("'acme-left' (TIMED_WAITING): runs acme.Probe.");
            assertThat(zombie.get("notSearched")).isEmpty();
            assertThat(zombie.get("path").get(0).asText()).startsWith("Thread \"acme-left\"");
            assertThat(zombie.get("path").get(zombie.get("path").size() - 1).asText())
                    .isEqualTo("class loader of probe@1.0.0#1");
            assertThat(dumps()).isEmpty();
            assertThat(JSON.readTree(gateway.status()).at("/generations/0/holders"))
                    .isEqualTo(zombie.get("holders"));

            interrupt("acme-left");
            await().atMost(PATIENCE).untilAsserted(() -> {
                collect(gateway, "");
                assertThat(gateway.gateway().generations()).isEmpty();
            });
            assertThat(collect(gateway, "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void saysWhichGenerationIsNotClosed() throws Exception {
        Path jar = leaving("");
        try (GatewayFixture gateway =
                GatewayFixture.start(directory.resolve("g"), filters("{ plugin: probe }"), SOON, jar)) {
            HttpResponse<String> refusal = collect(gateway, "");

            assertThat(refusal.statusCode()).isEqualTo(409);
            assertThat(refusal.body()).contains("probe@1.0.0#1: ACTIVE (expected: closed)");
            assertThat(collect(gateway, "?heap=maybe").statusCode()).isEqualTo(400);
            assertThat(gateway.send(gateway.admin("/v1/plugins/other/1.0.0/collect")
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private Path leaving(String statements) {
        return FilterSource.plugin("probe", "1.0.0", "", statements + "return exchange -> new Filter() {};", "")
                .in(directory);
    }

    private static void takeAway(GatewayFixture gateway, Path jar) throws IOException {
        assertThat(gateway.configure("").statusCode()).isEqualTo(200);
        Files.delete(gateway.folder().resolve(jar.getFileName()));
    }

    private static void awaitState(GatewayFixture gateway, GenerationState state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.gateway().generations())
                        .singleElement()
                        .matches(generation -> generation.state() == state));
    }

    private static HttpResponse<String> collect(GatewayFixture gateway, String query) {
        return gateway.send(gateway.admin("/v1/plugins/probe/1.0.0/collect" + query)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private List<Path> dumps() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("g").resolve("data"))) {
            return files.filter(file -> file.toString().contains("heap-")).toList();
        }
    }

    // Looked up anew: a reference to the thread would hold the plugin, by the thread's task.
    private static void interrupt(String threadName) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(threadName))
                .forEach(Thread::interrupt);
    }
}
