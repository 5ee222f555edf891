package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a successor makes of a rollout that the gateway before it drives until the end. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class UpgradeRolloutTest {
    @TempDir
    Path temp;

    private UpgradeDirectory directory;

    @BeforeEach
    void rollOut() throws IOException {
        directory = UpgradeDirectory.in(temp);
        for (String version : new String[] {"1.2.0", "1.3.0"}) {
            // Says whose process makes it, and waits as the other plugin of the directory does.
            FilterSource.plugin(
                            "probe",
                            version,
                            "String waitFor",
                            "var file = java.nio.file.Path.of(config.waitFor());"
                                    + "java.nio.file.Files.writeString(file.resolveSibling(\"making-\""
                                    + " + ProcessHandle.current().pid()), \"\");"
                                    + "while (java.nio.file.Files.exists(file)) { Thread.sleep(20); }"
                                    + "return exchange -> new Filter() { };",
                            "")
                    .in(directory.plugins());
        }
        directory.configure(0, """
                filters:
                  - plugin: probe@1.2.0
                    rollout: { target: 1.3.0, steps: [50, 100], hold: 1h }
                    config: { waitFor: "%s" }
                """.formatted(directory.pause()));
    }

    @AfterEach
    void stopWhoeverIsInCharge() {
        directory.close();
    }

    private HttpResponse<String> ask(int port, String path, String method) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String token = Files.readString(temp.resolve("data/admin-token")).strip();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + port + "/v1/rollouts/" + path))
                    .header("authorization", "Bearer " + token)
                    .method(method, BodyPublishers.noBody())
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    void keepsWhatAnOperatorHasSaidWhileTheSuccessorLoaded() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.gateway(temp)) {
            int admin = gateway.port("admin");
            Files.createFile(directory.pause());
            try (GatewayProcess successor = GatewayProcess.successor(temp, Map.of())) {
                await().atMost(PATIENCE).until(() -> Files.exists(temp.resolve("making-" + successor.pid())));

                assertThat(ask(admin, "probe/abort", "POST").statusCode()).isEqualTo(200);
                Files.delete(directory.pause());
                successor.awaitOutput("Routes:");
                await().atMost(PATIENCE).until(() -> !gateway.isAlive());

                JsonNode shown =
                        new JsonMapper().readTree(ask(admin, "probe", "GET").body());
                assertThat(shown.path("verdict").asText()).isEqualTo("rolled-back");
                assertThat(shown.path("reason").asText()).isEqualTo("an operator aborted it");
                assertThat(Files.readString(temp.resolve("data/rollouts.json"))).contains("rolled-back");
                // It drives the rollout itself from now on.
                assertThat(ask(admin, "probe/resume", "POST").statusCode()).isEqualTo(200);
            }
        }
    }
}
