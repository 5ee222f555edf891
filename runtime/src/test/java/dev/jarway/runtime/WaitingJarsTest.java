package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JARs that wait for a configuration: each needs a key that the version before does not know. */
class WaitingJarsTest {
    @TempDir
    Path directory;

    private StoppableGateway gateway;

    @BeforeEach
    void startWithJarsThatWait() throws Exception {
        gateway = StoppableGateway.over(directory, "one");
        version("first", "1.0.0", "").in(gateway.folder());
        version("second", "1.0.0", "").in(gateway.folder());
        Files.writeString(gateway.config(), document("", ""));
        gateway.start();
        version("first", "2.0.0", "String key").in(gateway.folder());
        version("second", "2.0.0", "String key").in(gateway.folder());
        await().atMost(PATIENCE)
                .until(() -> gateway.get("/v1/status").get("unfitFiles").size() == 2);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void takesTheOneThatAConfigurationIsMeantForThoughAnotherWaitsOn() {
        String document = document("key: one", "");

        assertThat(gateway.send(gateway.admin("/v1/config?dryRun=true")
                                .header("content-type", "application/yaml")
                                .PUT(BodyPublishers.ofString(document))
                                .build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.put(document).statusCode()).isEqualTo(200);

        assertThat(gateway.answer()).isEqualTo("first 2.0.0");
        assertThat(gateway.get("/v1/status").get("unfitFiles"))
                .singleElement()
                .satisfies(file -> assertThat(file.get("file").asText()).isEqualTo("second-2.0.0.jar"));
    }

    @Test
    void takesEachInItsTurn() {
        assertThat(gateway.put(document("", "key: two")).statusCode()).isEqualTo(200);
        assertThat(gateway.answer()).isEqualTo("first 1.0.0");

        assertThat(gateway.put(document("key: one", "key: two")).statusCode()).isEqualTo(200);

        assertThat(gateway.answer()).isEqualTo("first 2.0.0");
        assertThat(gateway.get("/v1/status").get("unfitFiles")).isEmpty();
    }

    @Test
    void takesThoseTogetherOfWhichOneDependsOnAnother() throws Exception {
        StoppableGateway.move(
                version("first", "2.0.0", "String key")
                        .attribute("Plugin-Dependencies", "second@>=2.0.0")
                        .bytes(),
                gateway.folder().resolve("first-2.0.0.jar"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                gateway.get("/v1/status").get("unfitFiles").toString())
                        .contains("of plugin 'second' there is 1.0.0"));

        assertThat(gateway.put(document("key: one", "key: two")).statusCode()).isEqualTo(200);

        assertThat(gateway.answer()).isEqualTo("first 2.0.0");
    }

    @Test
    void saysWhatIsWrongWithAConfigurationThatFitsNone() {
        assertThat(gateway.put(document("other: one", "")).statusCode()).isEqualTo(422);

        assertThat(gateway.answer()).isEqualTo("first 1.0.0");
        assertThat(gateway.get("/v1/status").get("unfitFiles")).hasSize(2);
    }

    private static String document(String first, String second) {
        return StoppableGateway.document("")
                .replace(
                        "{ plugin: probe, config: { text: \"\" } }",
                        "{ plugin: second, config: { " + second + " } }, { plugin: first, config: { " + first + " } }");
    }

    /** Of the plugin that answers, with its name and version, or of the one that lets everything pass. */
    private static PluginJar version(String id, String version, String components) {
        return FilterSource.plugin(
                id,
                version,
                components,
                "return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                        + (id.equals("first")
                                ? " return Action.respond(LocalResponse.of(200, \"first " + version + "\")); } };"
                                : " return Action.proceed(); } };"),
                "");
    }
}
