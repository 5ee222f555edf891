package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jarway.loader.testing.PluginJar;
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

/** What a successor makes of changes that the gateway before it has acknowledged while the successor loaded. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class UpgradeCatchUpTest {
    @TempDir
    Path temp;

    private UpgradeDirectory directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = UpgradeDirectory.in(temp);
    }

    @AfterEach
    void stopWhoeverIsInCharge() {
        directory.close();
    }

    @Test
    void servesTheNewestRevisionUnderItsNumber() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.gateway(temp);
                GatewayProcess successor = directory.startPausedSuccessor()) {
            String document = Files.readString(temp.resolve("jarway.yaml")) + "drain: { deadline: 7s }\n";
            put(gateway, document);
            long acknowledged = revision(gateway);

            Files.delete(directory.pause());
            successor.awaitOutput("Routes:");

            assertThat(revision(successor)).isEqualTo(newest(successor)).isGreaterThanOrEqualTo(acknowledged);
            assertThat(ask(successor, "GET", "/v1/config", "").body()).contains("7s");
        }
    }

    @Test
    void hasThePredecessorGoOnWhenAConfigurationCannotBeAppliedAgain() throws Exception {
        moody().in(directory.plugins());
        try (GatewayProcess gateway = GatewayProcess.gateway(temp);
                GatewayProcess successor = directory.startPausedSuccessor()) {
            String document = Files.readString(temp.resolve("jarway.yaml")) + "filters: [{ plugin: moody }]\n";
            put(gateway, document);

            failIn(successor);

            assertThat(successor.output()).contains("/filters/0").contains("not today");
            assertThat(ask(gateway, "GET", "/v1/config", "").body()).contains("moody");
            assertThat(revision(gateway)).isEqualTo(newest(gateway));
        }
    }

    @Test
    void hasThePredecessorGoOnWhenAPluginCannotBeUsedAgain() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.gateway(temp);
                GatewayProcess successor = directory.startPausedSuccessor()) {
            moody().in(directory.plugins());
            await().atMost(PATIENCE)
                    .until(() -> ask(gateway, "GET", "/v1/plugins", "").body().contains("moody"));
            String document = Files.readString(temp.resolve("jarway.yaml")) + "drain: { deadline: 7s }\n";
            put(gateway, document);

            failIn(successor);

            assertThat(successor.output()).contains("moody-1.0.0.jar").contains("not today");
            // The successor had written a revision without the plugin.
            await().atMost(PATIENCE)
                    .until(() -> ask(gateway, "GET", "/v1/config/revisions", "")
                            .body()
                            .contains("successor has failed"));
            assertThat(revision(gateway)).isEqualTo(newest(gateway));
            assertThat(ask(gateway, "GET", "/v1/config/revisions/" + newest(gateway), "")
                            .body())
                    .contains("moody");
        }
    }

    /** Cannot be loaded, nor made, once there is a file that says so. */
    private PluginJar moody() {
        String mood = "if (java.nio.file.Files.exists(java.nio.file.Path.of(\"" + mood()
                + "\"))) { throw new IllegalStateException(\"not today\"); }";
        return FilterSource.plugin(
                "moody",
                "1.0.0",
                "String text",
                mood + " return exchange -> new Filter() {};",
                "public Probe() { " + mood + " }");
    }

    private Path mood() {
        return temp.resolve("mood");
    }

    private void failIn(GatewayProcess successor) throws Exception {
        Files.createFile(mood());
        Files.delete(directory.pause());
        assertThat(successor.status()).as(successor::output).isEqualTo(65);
        Files.delete(mood());
    }

    private void put(GatewayProcess gateway, String document) throws Exception {
        HttpResponse<String> answer = ask(gateway, "PUT", "/v1/config", document);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private long revision(GatewayProcess gateway) throws Exception {
        return new JsonMapper()
                .readTree(ask(gateway, "GET", "/v1/status", "").body())
                .get("revision")
                .asLong();
    }

    private long newest(GatewayProcess gateway) throws Exception {
        return new JsonMapper()
                .readTree(ask(gateway, "GET", "/v1/config/revisions", "").body())
                .get(0)
                .get("revision")
                .asLong();
    }

    private HttpResponse<String> ask(GatewayProcess gateway, String method, String path, String body) throws Exception {
        return directory.ask(gateway.port("admin"), method, path, BodyPublishers.ofString(body));
    }
}
