package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.StoppableGateway.answering;
import static dev.jarway.runtime.StoppableGateway.document;
import static dev.jarway.runtime.StoppableGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionsTest {
    @TempDir
    Path directory;

    private StoppableGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = StoppableGateway.over(directory, "one").start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void tellsWhoMadeEachRevisionHowAndWhy() throws Exception {
        gateway.send(gateway.admin("/v1/config?reason=more%20room")
                .header("content-type", "application/yaml")
                .PUT(BodyPublishers.ofString(document("two")))
                .build());
        edit("three");
        PluginJar.simple("dropped", "1.0.0").in(gateway.folder());
        awaitRevision(4);
        gateway.upload(PluginJar.simple("sent", "1.0.0").in(directory));

        assertThat(gateway.get("/v1/config/revisions"))
                .extracting(
                        revision -> revision.get("revision").asInt(),
                        revision -> revision.get("author").asText(),
                        revision -> revision.get("source").asText(),
                        revision -> revision.get("reason").asText())
                .containsExactly(
                        tuple(5, "admin", "POST /v1/plugins", "uploaded"),
                        tuple(4, "folder", "dropped-1.0.0.jar", ""),
                        tuple(3, "file", "jarway.yaml", ""),
                        tuple(2, "admin", "PUT /v1/config", "more room"),
                        tuple(1, "start", "start", "the first start"));
    }

    @Test
    void showsWhatARevisionHas() {
        JsonNode revision = gateway.get("/v1/config/revisions/1");

        assertThat(revision.at("/config/routes/0/filters/0/config/text").asText())
                .isEqualTo("one");
        assertThat(revision.at("/plugins/0/file").asText()).isEqualTo("probe-1.0.0.jar");
        assertThat(revision.at("/plugins/0/sha256").asText()).hasSize(64);
    }

    @Test
    void showsInWhatARevisionDiffersFromTheOneBefore() throws Exception {
        gateway.put(document("two"));
        gateway.upload(PluginJar.simple("sent", "1.0.0").in(directory));

        JsonNode config = gateway.get("/v1/config/revisions/2/diff");
        JsonNode plugins = gateway.get("/v1/config/revisions/3/diff");
        JsonNode both = gateway.get("/v1/config/revisions/3/diff?against=1");

        assertThat(config.get("config")).singleElement().satisfies(change -> {
            assertThat(change.get("change").asText()).isEqualTo("changed");
            assertThat(change.get("pointer").asText()).isEqualTo("/routes/0/filters/0/config/text");
            assertThat(change.get("from").asText()).isEqualTo("one");
            assertThat(change.get("to").asText()).isEqualTo("two");
        });
        assertThat(config.get("plugins")).isEmpty();
        assertThat(plugins.get("config")).isEmpty();
        assertThat(plugins.at("/plugins/0/change").asText()).isEqualTo("added");
        assertThat(plugins.at("/plugins/0/to/file").asText()).isEqualTo("sent-1.0.0.jar");
        assertThat(both.get("against").asInt()).isEqualTo(1);
        assertThat(both.get("config")).hasSize(1);
        assertThat(both.get("plugins")).hasSize(1);
    }

    @Test
    void showsNoSecretOfAnyRevision() {
        String secret = "consumers: [{ name: alice, credentials: { key-auth: { key: %s } } }]\n";
        gateway.put(document("one") + secret.formatted("first-secret"));
        gateway.put(document("one") + secret.formatted("other-secret"));

        String shown = gateway.get("/v1/config/revisions/3").toString();
        String diff = gateway.get("/v1/config/revisions/3/diff").toString();

        assertThat(shown).contains("***").doesNotContain("secret\"");
        assertThat(diff)
                .contains("/consumers/0/credentials/key-auth/key", "***")
                .doesNotContain("-secret");
    }

    @Test
    void restoresConfigurationAndPluginsTogether() throws Exception {
        answering("2.0.0").in(gateway.folder());
        awaitRevision(2);
        Files.delete(gateway.folder().resolve("probe-1.0.0.jar"));
        awaitRevision(3);
        gateway.put(document("two"));
        assertThat(gateway.answer()).isEqualTo("2.0.0 two");

        HttpResponse<String> restored = gateway.post("/v1/config/revisions/1/restore?reason=oops");

        assertThat(restored.statusCode()).isEqualTo(200);
        assertThat(json(restored).get("revision").asInt()).isEqualTo(5);
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        assertThat(files()).containsExactly("probe-1.0.0.jar");
        assertThat(Files.readString(gateway.config())).isEqualTo(document("one"));
        assertThat(gateway.get("/v1/config/revisions").get(0).get("reason").asText())
                .isEqualTo("oops");
        assertThat(gateway.get("/v1/config/revisions/5/diff?against=1").get("config"))
                .isEmpty();
    }

    @Test
    void staysWithARestoredRevisionWhateverTheWatchesSawMeanwhile() throws Exception {
        answering("2.0.0").in(gateway.folder());
        awaitRevision(2);
        gateway.put(document("two"));

        gateway.post("/v1/config/revisions/1/restore");
        long restored = gateway.running().snapshot().revision();
        // A picture that is told from now on must not bring anything else.
        PluginJar.simple("later", "1.0.0").in(gateway.folder());
        awaitRevision(restored + 1);

        assertThat(gateway.running().snapshot().revision()).isEqualTo(restored + 1);
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
    }

    @Test
    void addsNothingToARestoredRevisionBeforeTheNextChangeThoughAWaitingFileFitsIt() throws Exception {
        gateway.put(document("two"));
        FilterSource.plugin(
                        "probe",
                        "2.0.0",
                        "String text",
                        "if (!config.text().equals(\"one\")) { throw new IllegalStateException(\"not one\"); }"
                                + " return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                                + " return Action.respond(LocalResponse.of(200, \"2.0.0 \" + config.text())); } };",
                        "")
                .in(gateway.folder());
        await().atMost(PATIENCE)
                .until(() -> gateway.get("/v1/status").toString().contains("not one"));
        // Dropped, so that the watch has told of it when the restoration deletes it.
        PluginJar.simple("dropped", "1.0.0").in(gateway.folder());
        awaitRevision(3);

        gateway.post("/v1/config/revisions/1/restore");

        await().during(Duration.ofMillis(700))
                .atMost(PATIENCE)
                .until(() -> gateway.running().snapshot().revision() == 4);
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        assertThat(gateway.get("/v1/status").get("unfitFiles")).hasSize(1);

        PluginJar.simple("later", "1.0.0").in(gateway.folder());

        await().atMost(PATIENCE).until(() -> gateway.answer().equals("2.0.0 one"));
    }

    @Test
    void leavesFilesThatCannotBeUsedWhereTheyAreWhenItRestores() throws Exception {
        Files.writeString(gateway.folder().resolve("broken.jar"), "no JAR");
        await().atMost(PATIENCE)
                .until(() -> gateway.get("/v1/status").toString().contains("broken.jar"));
        gateway.put(document("two"));

        gateway.post("/v1/config/revisions/1/restore");

        assertThat(files()).containsExactly("broken.jar", "probe-1.0.0.jar");
        assertThat(gateway.get("/v1/status").get("unfitFiles")).hasSize(1);
    }

    @Test
    void refusesToRestoreWhatIsDamagedAndNamesAllOfIt() throws Exception {
        gateway.upload(PluginJar.simple("sent", "1.0.0").in(directory));
        gateway.upload(PluginJar.simple("other", "1.0.0").in(directory));
        JsonNode plugins = gateway.get("/v1/config/revisions/3").get("plugins");
        gateway.send(gateway.admin("/v1/plugins/sent/1.0.0").DELETE().build());
        gateway.send(gateway.admin("/v1/plugins/other/1.0.0").DELETE().build());
        for (JsonNode plugin : plugins) {
            if (!plugin.get("id").asText().equals("probe")) {
                Files.writeString(
                        gateway.history()
                                .resolve("contents")
                                .resolve(plugin.get("sha256").asText()),
                        "cut");
            }
        }

        HttpResponse<String> refused = gateway.post("/v1/config/revisions/3/restore");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).get("problems"))
                .hasSize(2)
                .allSatisfy(
                        problem -> assertThat(problem.get("detail").asText()).contains("its SHA-256 is"));
        assertThat(files()).containsExactly("probe-1.0.0.jar");
        assertThat(gateway.running().snapshot().revision()).isEqualTo(5);
    }

    @Test
    void restoresOnlyWhatItWasMeantFor() {
        String etag = gateway.running().snapshot().loaded().document().etag();
        gateway.put(document("two"));

        HttpResponse<String> stale = gateway.post("/v1/config/revisions/1/restore", "if-match", etag);
        HttpResponse<String> unknown = gateway.post("/v1/config/revisions/99/restore");
        gateway.put(document("two").replace("uploads: true", "readOnly: true"));
        HttpResponse<String> forbidden = gateway.post("/v1/config/revisions/1/restore");

        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(gateway.answer()).isEqualTo("1.0.0 two");
    }

    @Test
    void changesNothingThatItCannotWriteDown() throws Exception {
        Files.createDirectories(gateway.history().resolve("revisions/2.revision/full"));

        HttpResponse<String> change = gateway.put(
                document("two").replace("listeners: [", "listeners: [{ name: more, host: 127.0.0.1, port: 0 }, "));
        assertThat(gateway.config()).hasContent(document("one"));
        HttpResponse<String> upload =
                gateway.upload(PluginJar.simple("sent", "1.0.0").in(directory));
        assertThat(files()).containsExactly("probe-1.0.0.jar");

        assertThat(change.statusCode()).isEqualTo(507);
        assertThat(upload.statusCode()).isEqualTo(507);
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");
        assertThat(gateway.running().listeners()).hasSize(1);
        assertThat(gateway.running().snapshot().revision()).isEqualTo(1);
    }

    @Test
    void takesARestorationBackThatItCannotWriteDown() throws Exception {
        gateway.put(document("two"));
        gateway.upload(PluginJar.simple("sent", "1.0.0").in(directory));
        Files.createDirectories(gateway.history().resolve("revisions/4.revision/full"));

        HttpResponse<String> restore = gateway.post("/v1/config/revisions/1/restore");

        assertThat(restore.statusCode()).isEqualTo(507);
        assertThat(gateway.config()).hasContent(document("two"));
        assertThat(files()).containsExactly("probe-1.0.0.jar", "sent-1.0.0.jar");
        assertThat(gateway.answer()).isEqualTo("1.0.0 two");
        assertThat(gateway.running().snapshot().revision()).isEqualTo(3);
    }

    @Test
    void takesADroppedFileOnceThereIsRoomToWriteThatDown() throws Exception {
        Path inTheWay = gateway.history().resolve("revisions/2.revision");
        Files.createDirectories(inTheWay.resolve("full"));
        answering("2.0.0").in(gateway.folder());
        await().atMost(PATIENCE)
                .until(() -> gateway.get("/v1/status").toString().contains("written down"));
        assertThat(gateway.answer()).isEqualTo("1.0.0 one");

        // One step: a try that finds the directory emptied would remove it, as the rest of a revision that was not
        // written.
        Files.move(inTheWay, directory.resolve("out-of-the-way"));
        PluginJar.simple("other", "1.0.0").in(gateway.folder());

        await().atMost(PATIENCE).until(() -> gateway.answer().equals("2.0.0 one"));
    }

    @Test
    void takesNoNoticeOfWhatTheFileHeldBeforeAnotherWroteIt() throws Exception {
        gateway.put(document("two"));

        gateway.running()
                .config()
                .changed(document("stale").getBytes(StandardCharsets.UTF_8))
                .join();
        gateway.put(document("three"));

        assertThat(gateway.running().snapshot().revision()).isEqualTo(3);
        assertThat(gateway.answer()).isEqualTo("1.0.0 three");
    }

    @Test
    void laysAnEditAsideThatItOverwritesAndThatWasNeverInForce() throws Exception {
        Path aside = gateway.config().resolveSibling(".jarway.yaml.overwritten");
        String edit = document("edited") + "# by hand\nnonsense: true\n";
        StoppableGateway.move(edit.getBytes(StandardCharsets.UTF_8), gateway.config());
        await().atMost(PATIENCE)
                .until(() -> gateway.get("/v1/status").toString().contains("/nonsense"));

        assertThat(gateway.put(document("two")).statusCode()).isEqualTo(200);

        assertThat(aside).hasContent(edit);
        assertThat(gateway.config()).hasContent(document("two"));
        assertThat(gateway.answer()).isEqualTo("1.0.0 two");

        Files.delete(aside);
        gateway.put(document("three"));
        assertThat(aside).doesNotExist();
    }

    @Test
    void refusesAReasonThatIsAnEssay() {
        HttpResponse<String> refused = gateway.post("/v1/config/revisions/1/restore?reason=" + "x".repeat(501));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(gateway.running().snapshot().revision()).isEqualTo(1);
    }

    @Test
    void keepsAsManyAsTheConfigurationSays() {
        for (String text : List.of("two", "three", "four")) {
            gateway.put(document(text).replace("retain: 10000", "retain: 2"));
        }

        assertThat(gateway.get("/v1/config/revisions"))
                .extracting(revision -> revision.get("revision").asInt())
                .containsExactly(4, 3);
        assertThat(gateway.get("/v1/config/revisions/3/diff").get("against").isNull())
                .isTrue();
    }

    private void edit(String text) throws Exception {
        long before = gateway.running().snapshot().revision();
        StoppableGateway.move(document(text).getBytes(StandardCharsets.UTF_8), gateway.config());
        awaitRevision(before + 1);
    }

    private void awaitRevision(long number) {
        await().atMost(PATIENCE).until(() -> gateway.running().snapshot().revision() >= number);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(gateway.folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
