package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Plugins come to their end. */
class PluginEndTest {
    private static final String CLOSED = "plugins.closed";

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(CLOSED);
    }

    @Test
    void closesEachOnceAndTheLastMadeFirstWhateverTheOthersDo() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                "plugins: { closeTimeout: 300ms }\n"
                        + filters(entry("first", "ends")
                                + entry("throws", "throws")
                                + entry("hangs", "hangs")
                                + entry("loops", "loops")
                                + entry("last", "ends")),
                mortal().in(directory))) {
            gateway.configure("plugins: { closeTimeout: 300ms }\n" + filters(""));
            Files.delete(gateway.folder().resolve("mortal-1.0.0.jar"));

            await().atMost(PATIENCE).until(() -> gateway.gateway().generations().isEmpty());
            assertThat(System.getProperty(CLOSED)).isEqualTo(" last loops hangs throws first");
        }
    }

    @Test
    void closesAllWhenTheGatewayStops() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"), filters(entry("a", "ends") + entry("b", "throws")), mortal().in(directory))) {
            gateway.gateway().close();

            assertThat(System.getProperty(CLOSED)).isEqualTo(" b a");
        }
    }

    @Test
    void saysThatAGenerationIsActiveWhenItIsWhileAnEarlierOneIsStillClosing() throws Exception {
        String limit = "plugins: { closeTimeout: 2s }\n";
        PluginJar answering = FilterSource.answering("answering", "1.0.0", "hello");
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                limit + filters(entry("hangs", "hangs")),
                mortal().in(directory),
                answering.in(directory))) {
            gateway.configure(limit + filters(""));

            gateway.configure(limit + filters("{ plugin: answering }"));

            assertThat(gateway.gateway().generations())
                    .filteredOn(generation -> generation.description().id().equals("answering"))
                    .extracting(LoadedPlugin::state)
                    .containsExactly(GenerationState.ACTIVE);
        }
    }

    @Test
    void closesWhatCreateMadeEvenIfItIsNotWhatItsPlaceWants() throws Exception {
        String discovery = "  - { name: found, discovery: { plugin: mortal, config: { name: wrong, end: ends } } }\n";
        try (GatewayFixture gateway =
                GatewayFixture.start(directory.resolve("g"), filters(""), mortal().in(directory))) {
            HttpResponse<String> refused = gateway.configure(discovery + filters(""));
            HttpResponse<String> triedOut = gateway.send(gateway.admin("/v1/config?dryRun=true")
                    .header("content-type", "application/yaml")
                    .PUT(HttpRequest.BodyPublishers.ofString(gateway.document(discovery + filters(""))))
                    .build());

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(triedOut.body()).contains("made no DiscoveryPlugin in create");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(System.getProperty(CLOSED)).isEqualTo(" wrong wrong"));
        }
    }

    private static String entry(String name, String end) {
        return "{ plugin: mortal, name: " + name + ", config: { name: " + name + ", end: " + end + " } },";
    }

    private static PluginJar mortal() {
        return plugin("mortal", "1.0.0", "String name, String end", """
                return new FilterPlugin() {
                    @Override public Filter newFilter(Exchange exchange) { return new Filter() {}; }
                    @Override public void close() throws Exception {
                        System.setProperty("%s", System.getProperty("%s", "") + " " + config.name());
                        int i = 0;
                        switch (config.end()) {
                            case "throws" -> throw new StackOverflowError();
                            case "hangs" -> Thread.sleep(60_000);
                            case "loops" -> { while (i >= 0) { i = (i + 1) & 7; } }
                            default -> {}
                        }
                    }
                };
                """.formatted(CLOSED, CLOSED), "");
    }
}
