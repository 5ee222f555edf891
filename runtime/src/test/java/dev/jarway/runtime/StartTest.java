package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.StoppableGateway.answering;
import static dev.jarway.runtime.StoppableGateway.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.runtime.StartException.Kind;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    private static final String BROKEN = "listeners: nonsense\n";

    @TempDir
    Path directory;

    private StoppableGateway gateway;

    @BeforeEach
    void prepare() throws Exception {
        gateway = StoppableGateway.over(directory, "one");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void goesOnWithTheLastRevisionWhenNothingHasChanged() throws Exception {
        gateway.start();
        gateway.put(document("two"));

        gateway.restart();

        assertThat(gateway.running().snapshot().revision()).isEqualTo(2);
        assertThat(gateway.get("/v1/config/revisions")).hasSize(2);
        assertThat(gateway.answer()).isEqualTo("1.0.0 two");
        assertThat(gateway.get("/v1/status").has("fallback")).isFalse();
    }

    @Test
    void makesARevisionOfWhatWasChangedWhileItWasStopped() throws Exception {
        gateway.start().stop();
        Files.writeString(gateway.config(), document("two"));
        answering("2.0.0").in(gateway.folder());

        gateway.start();

        assertThat(gateway.answer()).isEqualTo("2.0.0 two");
        JsonNode newest = gateway.get("/v1/config/revisions").get(0);
        assertThat(newest.get("revision").asInt()).isEqualTo(2);
        assertThat(newest.get("author").asText()).isEqualTo("start");
        assertThat(gateway.get("/v1/config/revisions/2/diff").get("plugins")).hasSize(1);
    }

    @Test
    void doesNotStartOnAWrongConfigurationWithoutAHistory() throws Exception {
        Files.writeString(gateway.config(), BROKEN);

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(gateway::start)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CONFIG))
                .satisfies(refusal -> assertThat(refusal.problems()).isNotEmpty());
    }

    @Test
    void doesNotStartOnAPluginThatIsAbsentWithoutAHistory() throws Exception {
        Files.delete(gateway.folder().resolve("probe-1.0.0.jar"));

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(gateway::start)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CONFIG));
    }

    @Test
    void startsOnTheLastRevisionWhenTheFileIsBrokenAndTakesItUpOnceRepaired() throws Exception {
        gateway.start();
        gateway.put(document("two"));
        gateway.stop();
        Files.writeString(gateway.config(), BROKEN);

        gateway.start();

        assertThat(gateway.answer()).isEqualTo("1.0.0 two");
        assertThat(gateway.running().snapshot().revision()).isEqualTo(2);
        assertThat(gateway.send(gateway.admin("/readyz").build()).statusCode()).isEqualTo(200);
        JsonNode status = gateway.get("/v1/status");
        assertThat(status.at("/fallback/revision").asInt()).isEqualTo(2);
        assertThat(status.at("/fallback/problems").toString()).contains("/listeners");
        assertThat(status.at("/fallback/heldBack/config").toString()).contains("/listeners", "removed");
        assertThat(status.get("warnings").toString()).contains("runs on revision 2");
        assertThat(status.at("/config/applied").asBoolean()).isFalse();
        assertThat(gateway.config()).hasContent(BROKEN);

        Files.writeString(gateway.config(), document("three"));

        await().atMost(PATIENCE).until(() -> gateway.answer().equals("1.0.0 three"));
        await().atMost(PATIENCE).until(() -> !gateway.get("/v1/status").has("fallback"));
        assertThat(gateway.get("/v1/status").at("/config/applied").asBoolean()).isTrue();
    }

    @Test
    void ignoresTheHistoryOfAnotherFile() throws Exception {
        gateway.start().stop();
        try (StoppableGateway other = StoppableGateway.over(directory.resolve("other"), "other")) {
            Files.createDirectories(other.data());
            try (var files = Files.walk(gateway.data())) {
                for (Path file : files.toList()) {
                    Path copy =
                            other.data().resolve(gateway.data().relativize(file).toString());
                    if (!Files.exists(copy)) {
                        Files.copy(file, copy);
                    }
                }
            }
            Files.writeString(other.config(), BROKEN);

            assertThatExceptionOfType(StartException.class).isThrownBy(other::start);
        }
    }

    @Test
    void startsWithTheHistorysJarWhenTheFolderHasLostIt() throws Exception {
        gateway.start().stop();
        Path jar = gateway.folder().resolve("probe-1.0.0.jar");
        byte[] lost = Files.readAllBytes(jar);
        Files.delete(jar);

        gateway.start();

        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        JsonNode status = gateway.get("/v1/status");
        assertThat(status.at("/fallback/heldBack/plugins/0/change").asText()).isEqualTo("removed");
        assertThat(status.get("warnings").toString()).contains("has no file any more");
        assertThat(jar).doesNotExist();

        gateway.restart();
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        assertThat(gateway.get("/v1/config/revisions")).hasSize(1);

        StoppableGateway.move(lost, jar);
        await().atMost(PATIENCE).until(() -> !gateway.get("/v1/status").has("fallback"));
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
    }

    @Test
    void startsWithTheHistorysJarWhenTheFolderHasATornOne() throws Exception {
        gateway.start().stop();
        Path jar = gateway.folder().resolve("probe-1.0.0.jar");
        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(whole, whole.length / 2));

        gateway.start();

        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        // It may take a while until it is clear that nobody is still writing the file.
        await().atMost(PATIENCE)
                .until(() -> gateway.get("/v1/status")
                        .at("/unfitFiles/0/file")
                        .asText()
                        .equals("probe-1.0.0.jar"));
        assertThat(gateway.get("/v1/status").has("fallback")).isTrue();
    }

    @Test
    void holdsBackEverythingThatCameTogetherWithABrokenFileAndTakesItWithTheRepair() throws Exception {
        gateway.start().stop();
        Files.writeString(gateway.config(), BROKEN);
        answering("2.0.0").in(gateway.folder());
        Files.delete(gateway.folder().resolve("probe-1.0.0.jar"));

        gateway.start();
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        Files.writeString(gateway.config(), document("two"));

        await().atMost(PATIENCE).until(() -> gateway.answer().equals("2.0.0 two"));
        await().atMost(PATIENCE).until(() -> !gateway.get("/v1/status").has("fallback"));
    }

    @Test
    void startsOnTheRevisionBeforeADamagedOneAndNamesThat() throws Exception {
        gateway.start();
        gateway.put(document("two"));
        gateway.stop();
        Path damaged = gateway.history().resolve("revisions/2.revision");
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 100));
        Files.writeString(gateway.config(), BROKEN);

        gateway.start();

        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        assertThat(gateway.get("/v1/status").get("warnings").toString()).contains("2.revision");
        HttpResponse<String> next = gateway.put(document("three"));
        assertThat(next.body()).contains("3");
        assertThat(gateway.get("/v1/status").has("fallback")).isFalse();
    }

    @Test
    void startsOnTheRevisionBeforeOneWhoseJarIsDamaged() throws Exception {
        gateway.start();
        gateway.upload(PluginJar.simple("sent", "1.0.0").in(directory));
        String sha256 = gateway.get("/v1/config/revisions/2/diff")
                .at("/plugins/0/to/sha256")
                .asText();
        gateway.stop();
        Files.writeString(gateway.history().resolve("contents").resolve(sha256), "cut");
        Files.delete(gateway.folder().resolve("sent-1.0.0.jar"));
        Files.writeString(gateway.config(), BROKEN);

        gateway.start();

        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        assertThat(gateway.running().snapshot().revision()).isEqualTo(1);
    }

    @Test
    void putsADamagedJarOfTheHistoryRightFromTheFolder() throws Exception {
        gateway.start();
        String sha256 =
                gateway.get("/v1/config/revisions/1").at("/plugins/0/sha256").asText();
        Path content = gateway.history().resolve("contents").resolve(sha256);
        byte[] whole = Files.readAllBytes(content);
        gateway.stop();
        Files.delete(content);
        Files.writeString(content, "cut");

        gateway.start();

        assertThat(content).hasBinaryContent(whole);
    }

    @Test
    void refusesADataDirectoryThatAnotherGatewayWritesIn() throws Exception {
        gateway.start();
        try (StoppableGateway second = StoppableGateway.over(directory, "one")) {
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(second::start)
                    .withMessageContaining("in use by the gateway of process");
        }
    }
}
