package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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
            FilterSource.filter("probe", version, "").in(directory.plugins());
        }
        directory.configure(0, """
                filters:
                  - plugin: probe@1.2.0
                    rollout: { target: 1.3.0, steps: [50, 100], hold: 1h }
                """);
    }

    @AfterEach
    void stopWhoeverIsInCharge() {
        directory.close();
    }

    private HttpResponse<String> ask(int port, String path, String method) throws Exception {
        return directory.ask(port, method, "/v1/rollouts/" + path, BodyPublishers.noBody());
    }

    @Test
    void keepsWhatAnOperatorHasSaidWhileTheSuccessorLoaded() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.gateway(temp)) {
            int admin = gateway.port("admin");
            try (GatewayProcess successor = directory.startPausedSuccessor()) {
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
