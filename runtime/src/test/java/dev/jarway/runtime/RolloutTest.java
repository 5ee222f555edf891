package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that is rolled out step by step, on a gateway under load. */
class RolloutTest {
    private static final String QUICK =
            "target: 1.3.0, steps: [20, 50, 100], hold: 300ms, minRequests: %d, abort: { errorRate: 5%%, latency: off }";
    private static final String ENDLESS = "target: 1.3.0, steps: [50, 100], hold: 1h";

    @TempDir
    Path directory;

    private static String rollout(String terms) {
        return filters(
                "{ plugin: probe@1.2.0, rollout: { " + terms.replace("latency: off", "latency: \"off\"") + " } }");
    }

    /** Says which version it is, and lets each n-th request fail, if n is over 0. */
    private static PluginJar version(String version, int n) {
        return plugin(
                "probe",
                version,
                "",
                "var count = new java.util.concurrent.atomic.AtomicInteger();"
                        + " return exchange -> new Filter() {"
                        + " @Override public Action onRequestHeaders(Request request) {"
                        + " if (" + n + " > 0 && count.incrementAndGet() % " + n
                        + " == 0) { throw new IllegalStateException(\"broken\"); } return Action.proceed(); }"
                        + " @Override public Action onResponseHeaders(Response response) {"
                        + " response.headers().set(\"x-version\", \"" + version + "\"); return Action.proceed(); } };",
                "");
    }

    private GatewayFixture gateway(String routesAndMore, int n) throws StartException {
        return GatewayFixture.start(
                directory.resolve("g"),
                routesAndMore,
                version("1.2.0", 0).in(directory),
                version("1.3.0", n).in(directory));
    }

    /** The gateway again, after its end, on the files that it left. */
    private GatewayFixture restarted(String routesAndMore) throws StartException {
        return GatewayFixture.start(directory.resolve("g"), routesAndMore);
    }

    private static JsonNode rollout(GatewayFixture gateway) {
        return json(gateway.send(gateway.admin("/v1/rollouts/probe").build()));
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return new JsonMapper().readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    private static HttpResponse<String> command(GatewayFixture gateway, String name, String command) {
        return gateway.send(gateway.admin("/v1/rollouts/" + name + "/" + command)
                .POST(BodyPublishers.noBody())
                .build());
    }

    private static void awaitVerdict(GatewayFixture gateway, String verdict) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(rollout(gateway).path("verdict").asText()).isEqualTo(verdict));
    }

    private static void assertAllAnsweredBy(GatewayFixture gateway, String version) throws IOException {
        try (KeptConnection connection = KeptConnection.to(gateway.port())) {
            for (int i = 0; i < 100; i++) {
                connection.get("/");
                assertThat(connection.lastHead()).contains("200").contains("x-version: " + version);
            }
        }
    }

    @Test
    void takesAVersionBackByItselfThatFailsAFifthOfItsRequests() throws Exception {
        String terms = rollout(QUICK.formatted(50));
        try (GatewayFixture gateway = gateway(terms, 5);
                SteadyLoad load = SteadyLoad.on(gateway.port(), 400)) {
            awaitVerdict(gateway, "rolled-back");
            assertAllAnsweredBy(gateway, "1.2.0");
            load.stop();

            JsonNode shown = rollout(gateway);
            assertThat(shown.path("share").asInt()).isZero();
            assertThat(shown.path("reason").asText())
                    .matches("1\\.3\\.0 failed .*% of its requests .*1\\.2\\.0 failed 0\\.00% .*at most 5% more .*");
            JsonNode stable = shown.path("evidence").path(0);
            JsonNode target = shown.path("evidence").path(1);
            assertThat(stable.path("version").asText()).isEqualTo("1.2.0");
            assertThat(stable.path("requests").asInt()).isPositive();
            assertThat(stable.path("failures").asInt()).isZero();
            assertThat(target.path("version").asText()).isEqualTo("1.3.0");
            assertThat(target.path("requests").asInt()).isGreaterThanOrEqualTo(50);
            // Each fifth exactly, but for those under way while the figures were read.
            assertThat(target.path("errorShare").asDouble()).isBetween(0.1, 0.3);
            assertThat(target.path("faults").asInt()).isPositive();

            JsonNode version =
                    json(gateway.send(gateway.admin("/v1/plugins/probe/1.3.0").build()));
            JsonNode total = version.path("figures").path("total");
            assertThat(total.path("failures").asInt())
                    .isEqualTo(total.path("calls").path("faults").asInt())
                    .isPositive();
        }
    }

    @Test
    void staysTakenBackThroughReloadsAndRestartsUntilItsTermsChange() throws Exception {
        String terms = rollout(QUICK.formatted(50));
        JsonNode before;
        try (GatewayFixture gateway = gateway(terms, 1);
                SteadyLoad load = SteadyLoad.on(gateway.port(), 400)) {
            awaitVerdict(gateway, "rolled-back");
            before = rollout(gateway);

            assertThat(gateway.configure("accessLog: { enabled: false }\n" + terms)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(rollout(gateway).path("since")).isEqualTo(before.path("since"));
            load.stop();
        }
        try (GatewayFixture gateway = restarted(terms)) {
            JsonNode after = rollout(gateway);
            assertThat(after.path("verdict").asText()).isEqualTo("rolled-back");
            assertThat(after.path("evidence")).isEqualTo(before.path("evidence"));
            assertAllAnsweredBy(gateway, "1.2.0");

            gateway.configure(rollout(ENDLESS));
            assertThat(rollout(gateway).path("verdict").asText()).isEqualTo("progressing");
        }
    }

    @Test
    void staysTakenBackWhenTheGatewayHadToDoWithAnEarlierRevisionInBetween() throws Exception {
        Path broken = directory.resolve("broken");
        Path journal = directory.resolve("g/data/rollouts.json");
        String before = filters("{ plugin: probe@1.2.0 }");
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                before,
                version("1.2.0", 0).in(directory),
                failingWhile(broken).in(directory))) {
            assertThat(gateway.configure(rollout(ENDLESS)).statusCode()).isEqualTo(200);
            assertThat(command(gateway, "probe", "abort").statusCode()).isEqualTo(200);
        }
        Files.createFile(broken);
        Object written = fileKey(journal);
        try (GatewayFixture gateway = restarted(rollout(ENDLESS))) {
            assertThat(gateway.gateway().fallback()).isPresent();
            assertThat(json(gateway.send(gateway.admin("/v1/rollouts").build())))
                    .isEmpty();
            await().atMost(PATIENCE).until(() -> !fileKey(journal).equals(written));

            Files.delete(broken);
            assertThat(gateway.configure(rollout(ENDLESS)).statusCode()).isEqualTo(200);

            assertThat(gateway.gateway().fallback()).isEmpty();
            assertThat(rollout(gateway).path("verdict").asText()).isEqualTo("rolled-back");
            assertThat(rollout(gateway).path("reason").asText()).isEqualTo("an operator aborted it");
            assertAllAnsweredBy(gateway, "1.2.0");
        }
    }

    /** Each writing makes a new file. */
    private static Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static PluginJar failingWhile(Path broken) {
        return plugin(
                "probe",
                "1.3.0",
                "",
                "if (java.nio.file.Files.exists(java.nio.file.Path.of(\"" + broken
                        + "\"))) { throw new IllegalStateException(\"not today\"); }"
                        + " return exchange -> new Filter() {};",
                "");
    }

    @Test
    void promotesAVersionThatDoesWell() throws Exception {
        String terms = rollout(QUICK.formatted(20));
        try (GatewayFixture gateway = gateway(terms, 0);
                SteadyLoad load = SteadyLoad.on(gateway.port(), 400)) {
            awaitVerdict(gateway, "promoted");
            assertAllAnsweredBy(gateway, "1.3.0");
            load.stop();

            assertThat(load.failures()).isEmpty();
            assertThat(rollout(gateway).path("share").asInt()).isEqualTo(100);
            assertThat(rollout(gateway).path("step").asInt()).isEqualTo(3);
        }
        try (GatewayFixture gateway = restarted(terms)) {
            assertThat(rollout(gateway).path("verdict").asText()).isEqualTo("promoted");
            assertAllAnsweredBy(gateway, "1.3.0");
        }
    }

    @Test
    void doesNotBeginAnewWhenSomethingElseChanges() throws Exception {
        try (GatewayFixture gateway = gateway(rollout(ENDLESS), 0)) {
            for (int i = 0; i < 20; i++) {
                gateway.get("/");
            }
            await().atMost(PATIENCE).until(() -> requests(rollout(gateway)) == 20);
            JsonNode before = rollout(gateway);

            version("1.4.0", 0).in(gateway.folder());
            await().atMost(PATIENCE)
                    .until(() -> gateway.send(gateway.admin("/v1/plugins").build())
                            .body()
                            .contains("1.4.0"));
            gateway.configure("accessLog: { enabled: false }\n" + rollout(ENDLESS));

            assertThat(rollout(gateway)).isEqualTo(before);
            assertThat(before.path("verdict").asText()).isEqualTo("progressing");
        }
    }

    private static int requests(JsonNode shown) {
        return shown.path("total").path(0).path("requests").asInt()
                + shown.path("total").path(1).path("requests").asInt();
    }

    @Test
    void followsAnOperator() throws Exception {
        try (GatewayFixture gateway = gateway(rollout(ENDLESS), 0)) {
            assertThat(json(command(gateway, "probe", "pause")).path("verdict").asText())
                    .isEqualTo("paused");
            assertThat(json(command(gateway, "probe", "resume")).path("verdict").asText())
                    .isEqualTo("progressing");
            assertThat(command(gateway, "probe", "resume").statusCode()).isEqualTo(409);
            assertThat(json(command(gateway, "probe", "promote")).path("share").asInt())
                    .isEqualTo(100);
            assertAllAnsweredBy(gateway, "1.3.0");
            assertThat(json(command(gateway, "probe", "abort")).path("share").asInt())
                    .isZero();
            assertAllAnsweredBy(gateway, "1.2.0");
            assertThat(json(gateway.send(gateway.admin("/v1/rollouts").build())).size())
                    .isEqualTo(1);
        }
    }

    @Test
    void doesNotDoWhatItCannotWriteDown() throws Exception {
        try (GatewayFixture gateway = gateway(rollout(ENDLESS), 0)) {
            Path journal = directory.resolve("g/data/rollouts.json");
            await().atMost(PATIENCE).until(() -> Files.exists(journal));
            Files.delete(journal);
            Files.createDirectory(journal);

            HttpResponse<String> refusal = command(gateway, "probe", "promote");

            assertThat(refusal.statusCode()).isEqualTo(507);
            assertThat(refusal.body()).contains("rollouts.json cannot be written");
            assertThat(rollout(gateway).path("verdict").asText()).isEqualTo("progressing");
            assertThat(rollout(gateway).path("share").asInt()).isEqualTo(50);
            Files.delete(journal);
            assertThat(command(gateway, "probe", "promote").statusCode()).isEqualTo(200);
            assertThat(Files.readString(journal)).contains("promoted");
        }
    }

    @Test
    void servesThePromotedVersionAloneWhenTheOtherJarIsGone() throws Exception {
        try (GatewayFixture gateway = gateway(optional(), 0)) {
            command(gateway, "probe", "promote");

            deleteOlder(gateway);

            assertAllAnsweredBy(gateway, "1.3.0");
        }
    }

    @Test
    void doesNotServeAVersionThatWasTakenBackThoughTheOtherJarIsGone() throws Exception {
        try (GatewayFixture gateway = gateway(optional(), 0)) {
            command(gateway, "probe", "abort");

            deleteOlder(gateway);

            assertThat(gateway.get("/").headers().firstValue("x-version")).isEmpty();
        }
    }

    private static String optional() {
        return filters("{ plugin: probe@1.2.0, optional: true, rollout: { " + ENDLESS + " } }");
    }

    private static void deleteOlder(GatewayFixture gateway) throws IOException {
        Files.delete(gateway.folder().resolve("probe-1.2.0.jar"));
        await().atMost(PATIENCE).until(() -> gateway.status().contains("'probe@1.2.0' is absent"));
    }

    @Test
    void sendsSelectedRequestsToTheTargetOnlyUntilItIsTakenBack() throws Exception {
        String selecting = filters("{ plugin: probe@1.2.0, rollout: { target: 1.3.0, steps: [1, 100], hold: 1h },"
                + " select: [ { match: { headers: { x-canary: \"1\" } }, version: 1.3.0 } ] }");
        try (GatewayFixture gateway = gateway(selecting, 0)) {
            assertThat(versionOfSelected(gateway)).isEqualTo("1.3.0");

            command(gateway, "probe", "abort");

            assertThat(versionOfSelected(gateway)).isEqualTo("1.2.0");
        }
    }

    private static String versionOfSelected(GatewayFixture gateway) {
        HttpRequest request =
                HttpRequest.newBuilder(gateway.uri("/")).header("x-canary", "1").build();
        return gateway.send(request).headers().firstValue("x-version").orElse("none");
    }

    @Test
    void knowsNoOtherRolloutsAndNoOtherCommands() throws Exception {
        try (GatewayFixture gateway = gateway(rollout(ENDLESS), 0)) {
            assertThat(command(gateway, "other", "pause").statusCode()).isEqualTo(404);
            assertThat(command(gateway, "probe", "dance").statusCode()).isEqualTo(404);
            assertThat(gateway.send(gateway.admin("/v1/rollouts/other").build()).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void waitsAtTheVersionBeforeWhenNobodyKnowsHowItWent() throws Exception {
        try (GatewayFixture gateway = gateway(rollout(ENDLESS), 0)) {
            command(gateway, "probe", "promote");
        }
        Files.writeString(directory.resolve("g/data/rollouts.json"), "{ \"probe\": { \"ter");

        try (GatewayFixture gateway = restarted(rollout(ENDLESS))) {
            assertThat(rollout(gateway).path("verdict").asText()).isEqualTo("rolled-back");
            assertAllAnsweredBy(gateway, "1.2.0");
        }
    }
}
