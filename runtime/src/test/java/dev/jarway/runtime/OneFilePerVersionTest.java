package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.StoppableGateway.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneFilePerVersionTest {
    @TempDir
    Path directory;

    private StoppableGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = StoppableGateway.over(directory, "one");
        Files.move(gateway.folder().resolve("probe-1.0.0.jar"), gateway.folder().resolve("probe.jar"));
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void keepsAnUploadAfterARestartWhenAFileOfAnotherNameHeldItsVersion() throws Exception {
        assertThat(gateway.upload(rebuilt().in(directory)).statusCode()).isEqualTo(201);
        assertThat(gateway.answer()).isEqualTo("rebuilt one");
        assertThat(files()).containsExactly("probe.jar");

        gateway.restart();

        assertThat(gateway.answer()).isEqualTo("rebuilt one");
        assertThat(gateway.running().snapshot().revision()).isEqualTo(2);
    }

    @Test
    void staysWithTheFirstFileOfAVersionAfterARestartTooAndNamesItBesideTheSecond() throws Exception {
        Files.copy(rebuilt().in(directory), gateway.folder().resolve("a-fix.jar"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                gateway.get("/v1/status").get("unfitFiles").toString())
                        .contains("a-fix.jar: holds probe 1.0.0, as probe.jar does"));
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");

        gateway.restart();

        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        assertThat(gateway.running().snapshot().revision()).isEqualTo(1);
    }

    @Test
    void leavesTheFileOfAnotherPluginThatHasTheNameOfAnUpload() throws Exception {
        Files.copy(
                PluginJar.simple("other", "1.0.0").in(directory),
                gateway.folder().resolve("sent-1.0.0.jar"));
        await().atMost(PATIENCE).until(() -> gateway.running().plugins().files().size() == 2);

        assertThat(gateway.upload(PluginJar.simple("sent", "1.0.0").in(directory))
                        .statusCode())
                .isEqualTo(201);

        assertThat(gateway.get("/v1/plugins").findValuesAsText("id")).contains("other", "sent");
        assertThat(files()).hasSize(3).anyMatch(name -> name.endsWith("-sent-1.0.0.jar"));
    }

    @Test
    void forgetsAnUploadWhoseFileIsDeletedBeforeItsWatchHasSeenIt() throws Exception {
        for (int upload = 0; upload < 5; upload++) {
            gateway.upload(PluginJar.simple("sent", "1.0.0").in(directory));

            Files.delete(gateway.folder().resolve("sent-1.0.0.jar"));

            await().atMost(PATIENCE)
                    .until(() -> gateway.running().plugins().files().size() == 1);
        }
    }

    @Test
    void takesTheSecondFileOfAVersionWithoutAGapWhenTheFirstGoes() throws Exception {
        gateway.put(optional());
        Files.copy(rebuilt().in(directory), gateway.folder().resolve("a-fix.jar"));
        await().atMost(PATIENCE)
                .until(() -> !gateway.get("/v1/status").get("unfitFiles").isEmpty());

        Files.delete(gateway.folder().resolve("probe.jar"));

        await().atMost(PATIENCE).until(() -> gateway.running().plugins().files().size() == 1);
        assertThat(gateway.answer()).isEqualTo("rebuilt one");
        assertThatNoRevisionIsWithoutAPlugin();
    }

    @Test
    void followsARenameWithoutAGap() throws Exception {
        gateway.put(optional());

        Files.move(gateway.folder().resolve("probe.jar"), gateway.folder().resolve("other.jar"));

        await().atMost(PATIENCE)
                .until(() -> gateway.running().plugins().files().keySet().equals(Set.of("other.jar"))
                        && gateway.get("/v1/status").get("unfitFiles").isEmpty());
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        assertThatNoRevisionIsWithoutAPlugin();
    }

    private void assertThatNoRevisionIsWithoutAPlugin() {
        for (JsonNode revision : gateway.get("/v1/config/revisions")) {
            assertThat(gateway.get("/v1/config/revisions/"
                                    + revision.get("revision").asInt())
                            .get("plugins"))
                    .isNotEmpty();
        }
    }

    private static String optional() {
        return document("one").replace("{ plugin: probe,", "{ plugin: probe, optional: true,");
    }

    /** Other bytes of the version that is there. */
    private static PluginJar rebuilt() {
        return FilterSource.plugin(
                "probe",
                "1.0.0",
                "String text",
                "return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                        + " return Action.respond(LocalResponse.of(200, \"rebuilt \" + config.text())); } };",
                "");
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(gateway.folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
