package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.answering;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigChangeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void refusesFiveMistakesWithFiveProblemsAndServesOn() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n")) {
            HttpResponse<String> refusal = gateway.configure("""
                    drain: { deadline: soon }
                    accessLog: { format: xml }
                    routes:
                      - { name: all, service: nobody }
                      - { name: two, service: echo, match: { path: "no-slash" } }
                      - { name: three, service: echo, match: { path: /three }, matches: {} }
                    """);

            assertThat(refusal.statusCode()).isEqualTo(422);
            JsonNode problems = JSON.readTree(refusal.body()).get("problems");
            assertThat(problems.findValuesAsText("pointer"))
                    .containsExactlyInAnyOrder(
                            "/drain/deadline",
                            "/accessLog/format",
                            "/routes/0/service",
                            "/routes/1/match/path",
                            "/routes/2/matches");
            assertThat(problems.findValuesAsText("expected")).hasSize(5).doesNotContain("");
            assertThat(gateway.get("/still").body()).isEqualTo("/still");
        }
    }

    @Test
    void appliesAReplacedConfigurationToTheNextRequestAndWritesItsFile() throws Exception {
        Path jar = answering("probe", "1.0.0", "probe").in(directory);
        try (GatewayFixture gateway =
                GatewayFixture.start(directory.resolve("g"), "routes: [{ name: all, service: echo }]\n", jar)) {
            assertThat(gateway.get("/a").body()).isEqualTo("/a");

            assertThat(gateway.configure(filters("{ plugin: probe }")).statusCode())
                    .isEqualTo(200);

            assertThat(gateway.get("/a").body()).isEqualTo("probe");
            assertThat(Files.readString(gateway.configFile())).contains("plugin: probe");
        }
    }

    @Test
    void followsAnEditOfTheFile() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n")) {
            Files.writeString(
                    gateway.configFile(),
                    gateway.document("routes: [{ name: some, match: { path: /some }, service: echo }]\n"));

            await().atMost(PATIENCE).until(() -> gateway.get("/other").statusCode() == 404);
            assertThat(gateway.get("/some").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysWhatIsWrongWithAnEditAndServesOn() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n")) {
            Files.writeString(gateway.configFile(), "listeners: nonsense\n");

            await().atMost(PATIENCE).until(() -> gateway.status().contains("/listeners"));
            assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void triesAConfigurationOutWithoutChangingAnything() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n")) {
            HttpResponse<String> tried = gateway.send(gateway.admin("/v1/config?dryRun=true")
                    .header("content-type", "application/yaml")
                    .PUT(HttpRequest.BodyPublishers.ofString(gateway.document("routes: []\n")))
                    .build());

            assertThat(tried.statusCode()).isEqualTo(200);
            assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dryRun=1", "dryRun=yes", "dryRun", "dryRun=true&dryRun=false", "dryrun=true", "DryRun=true"})
    void changesNothingWhenItIsNotClearWhetherItIsToBeTriedOutOnly(String query) throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n")) {
            HttpResponse<String> refused = gateway.send(put(gateway, query, gateway.document("routes: []\n")));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains(query.substring(0, "dryRun".length()), "expected");
            assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysOfATrialWhatTheChangeItselfWouldSay() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                filters("{ plugin: probe, config: { text: one } }"),
                needing("1.0.0", "text"))) {
            Files.copy(needing("2.0.0", "word"), gateway.folder().resolve("two.jar"));
            await().atMost(PATIENCE).until(() -> gateway.status().contains("two.jar"));
            String next = gateway.document(filters("{ plugin: probe, config: { word: two } }"));

            HttpResponse<String> tried = gateway.send(put(gateway, "dryRun=true", next));
            assertThat(gateway.get("/a").body()).isEqualTo("1.0.0");
            HttpResponse<String> done = gateway.send(put(gateway, "dryRun=false", next));

            assertThat(tried.statusCode()).isEqualTo(200);
            assertThat(done.statusCode()).isEqualTo(200);
            assertThat(gateway.get("/a").body()).isEqualTo("2.0.0");
        }
    }

    /** A plugin that answers with its version, and whose configuration has to have this key. */
    private Path needing(String version, String key) throws Exception {
        return FilterSource.plugin(
                        "probe",
                        version,
                        "String " + key,
                        "return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                                + " return Action.respond(LocalResponse.of(200, \"" + version + "\")); } };",
                        "")
                .in(directory);
    }

    @Test
    void refusesAChangeOfADocumentThatHasChangedMeanwhile() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n")) {
            HttpResponse<String> shown =
                    gateway.send(gateway.admin("/v1/config").build());
            String etag = shown.headers().firstValue("etag").orElseThrow();
            gateway.configure("routes: [{ name: other, service: echo }]\n");

            HttpResponse<String> late = gateway.send(gateway.admin("/v1/config")
                    .header("if-match", etag)
                    .PUT(HttpRequest.BodyPublishers.ofString(shown.body()))
                    .build());

            assertThat(late.statusCode()).isEqualTo(412);
        }
    }

    @Test
    void keepsThePluginOfAnUnchangedEntryWhenItsNeighbourChanges() throws Exception {
        Path counter = FilterSource.plugin(
                        "counter",
                        "1.0.0",
                        "String text",
                        "var count = new java.util.concurrent.atomic.AtomicInteger(); return exchange -> new Filter() {"
                                + " @Override public Action onRequestHeaders(Request request) {"
                                + " return Action.respond(LocalResponse.of(200, \"\" + count.incrementAndGet())); } };",
                        "")
                .in(directory);
        String counting =
                "  - { name: counting, match: { path: /count }, service: echo, filters: [{ plugin: counter }] }\n";
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"), "routes:\n" + counting + "  - { name: rest, service: echo }\n", counter)) {
            gateway.get("/count");

            gateway.configure("routes:\n  - { name: renamed, service: echo }\n" + counting);

            assertThat(gateway.get("/count").body()).isEqualTo("2");
        }
    }

    @Test
    void opensAndClosesListenersWithoutTouchingTheOthers() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n");
                KeptConnection connection = KeptConnection.to(gateway.port())) {
            connection.get("/a");
            String two = gateway.document("routes: [{ name: all, service: echo }]\n")
                    .replace("listeners: [", "listeners: [{ name: second, host: 127.0.0.1, port: 0 }, ");

            gateway.send(gateway.admin("/v1/config")
                    .header("content-type", "application/yaml")
                    .PUT(HttpRequest.BodyPublishers.ofString(two))
                    .build());

            assertThat(gateway.gateway().listeners()).hasSize(2);
            assertThat(connection.get("/b")).isEqualTo("/b");
        }
    }

    @Test
    void turnsAwayRequestsWithoutTheTokenButAnswersProbes() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n")) {
            String admin = "http://127.0.0.1:" + gateway.gateway().adminPort();

            assertThat(gateway.send(HttpRequest.newBuilder(URI.create(admin + "/v1/status"))
                                    .build())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(gateway.send(HttpRequest.newBuilder(URI.create(admin + "/readyz"))
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void stopsUploadsAndChangesAtOnceWhenTheConfigurationSaysSo() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, "routes: [{ name: all, service: echo }]\n")) {
            String closed = gateway.document("routes: []\n").replace("uploads: true", "readOnly: true");
            gateway.send(put(gateway, closed));

            HttpResponse<String> change = gateway.send(put(gateway, gateway.document("routes: []\n")));
            HttpResponse<String> upload = gateway.send(gateway.admin("/v1/plugins")
                    .header("content-type", "application/java-archive")
                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                    .build());

            assertThat(change.statusCode()).isEqualTo(403);
            assertThat(upload.statusCode()).isEqualTo(403);
        }
    }

    private static HttpRequest put(GatewayFixture gateway, String document) {
        return put(gateway, "reason=test", document);
    }

    private static HttpRequest put(GatewayFixture gateway, String query, String document) {
        return gateway.admin("/v1/config?" + query)
                .header("content-type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString(document))
                .build();
    }
}
