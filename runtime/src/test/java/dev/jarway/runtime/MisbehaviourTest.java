package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plugins may do wrong, and how far it reaches: to their own requests, and no further. */
class MisbehaviourTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"secret text\");      | PLUGIN_FAILED  | failed in onRequestHeaders",
                "int i = 0; while (i >= 0) { i = (i + 1) & 7; } return null; | PLUGIN_TIMEOUT | did not finish onRequestHeaders",
                "Thread.sleep(60_000); return Action.proceed();         | PLUGIN_TIMEOUT | did not finish onRequestHeaders",
                "return null;                                           | PLUGIN_FAILED  | failed in onRequestHeaders",
                "return Action.await(new java.util.concurrent.CompletableFuture<Action>()); | PLUGIN_TIMEOUT | did not finish onRequestHeaders",
                "return Action.respond(LocalResponse.of(200).withHeader(\"connection\", \"close\")); | PLUGIN_FAILED | failed in onRequestHeaders",
                "return Action.respond(LocalResponse.of(200).withHeader(\"x\", \"\\u007f\")); | PLUGIN_FAILED | failed in onRequestHeaders",
                "request.headers().set(\"x\", \"\\u0001\"); return Action.proceed(); | PLUGIN_FAILED | failed in onRequestHeaders",
                "throw new StackOverflowError();                        | PLUGIN_FAILED  | failed in onRequestHeaders"
            })
    void failsTheRequestAndNamesThePlugin(String body, String code, String detail) throws Exception {
        Path bad = onRequest("bad", body).in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                "routes:\n"
                        + "  - { name: bad, match: { path: /bad }, service: echo, filters: [{ plugin: bad, timeout: 200ms }] }\n"
                        + "  - { name: open, match: { path: /open }, service: echo,"
                        + " filters: [{ plugin: bad, timeout: 200ms, onFailure: open }] }\n"
                        + "  - { name: good, service: echo }\n",
                bad)) {
            HttpResponse<String> answer = gateway.get("/bad");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(answer.body()).contains(code, detail, "bad@1.0.0#1").doesNotContain("secret text");
            assertThat(gateway.get("/open").body()).isEqualTo("/open");
            assertThat(gateway.get("/good").body()).isEqualTo("/good");
        }
    }

    @Test
    void failsTheRequestWhoseBodyIsAnsweredWithAFieldThatCannotBeSent() throws Exception {
        Path bad = filter("bad", "1.0.0", """
                @Override public Action onRequestData(Chunk chunk) {
                    return Action.respond(LocalResponse.of(200).withHeader("x", "\\u007f"));
                }""").in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                "routes:\n"
                        + "  - { name: bad, match: { path: /bad }, service: echo, filters: [{ plugin: bad }] }\n"
                        + "  - { name: open, match: { path: /open }, service: echo,"
                        + " filters: [{ plugin: bad, onFailure: open }] }\n",
                bad)) {
            HttpResponse<String> answer = gateway.post("/bad", "body");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("PLUGIN_FAILED", "failed in onRequestData", "bad@1.0.0#1");
            assertThat(gateway.post("/open", "body").body()).isEqualTo("body");
        }
    }

    @Test
    void refusesUnfitJarsByNameAndLeavesTheOthersAlone() throws Exception {
        Path good = FilterSource.answering("good", "1.0.0", "good").in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(directory.resolve("g"), filters("{ plugin: good }"), good)) {
            Path folder = gateway.folder();
            PluginJar.of("no-factory", "1.0.0").in(folder);
            PluginJar.simple("two-factories", "1.0.0").service("acme.Other").in(folder);
            PluginJar.simple("zip-slip", "1.0.0")
                    .entry("../../evil.txt", new byte[] {1})
                    .in(folder);
            PluginJar.simple("too-new", "1.0.0")
                    .attribute("Plugin-Requires", ">=2.0.0")
                    .in(folder);
            byte[] whole = PluginJar.simple("truncated", "1.0.0").bytes();
            Files.write(folder.resolve("truncated.jar"), Arrays.copyOf(whole, whole.length / 2));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(gateway.status())
                            .contains(List.of(
                                    "no-factory-1.0.0.jar",
                                    "two-factories-1.0.0.jar",
                                    "zip-slip-1.0.0.jar",
                                    "too-new-1.0.0.jar",
                                    "truncated.jar")));
            assertThat(gateway.get("/").body()).isEqualTo("good");
        }
    }

    @Test
    void refusesToStartWhenCreateThrowsAndSaysWhere() throws Exception {
        Path jar = FilterSource.plugin(
                        "bad", "1.0.0", "String text", "throw new IllegalArgumentException(\"no such table\");", "")
                .in(directory);

        StartException refusal = catchThrowableOfType(
                StartException.class,
                () -> GatewayFixture.start(directory.resolve("g"), filters("{ plugin: bad }"), jar));

        assertThat(refusal.kind()).isEqualTo(StartException.Kind.CONFIG);
        assertThat(refusal.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/routes/0/filters/0/config");
            assertThat(problem.detail()).contains("bad@1.0.0#1 threw in create", "no such table");
        });
    }

    @Test
    void cutsOffACreateThatNeverEnds() throws Exception {
        Path jar = FilterSource.plugin("bad", "1.0.0", "String text", "while (true) { Thread.onSpinWait(); }", "")
                .in(directory);

        StartException refusal = catchThrowableOfType(
                StartException.class,
                () -> GatewayFixture.start(
                        directory.resolve("g"),
                        "plugins: { createTimeout: 300ms }\n" + filters("{ plugin: bad }"),
                        jar));

        assertThat(refusal.problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.detail()).contains("bad@1.0.0#1 took longer than 300 ms in create"));
    }

    private static PluginJar onRequest(String id, String body) {
        return filter(
                id,
                "1.0.0",
                "@Override public Action onRequestHeaders(Request request) throws Exception { " + body + " }");
    }
}
