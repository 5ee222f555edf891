package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.answering;
import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A next version that cannot be used, in every way that there is: the one before serves on, and nothing of the next stays. */
class FailedVersionTest {
    private static final String ROUTES = """
            plugins: { createTimeout: 500ms }
            routes: [{ name: all, service: echo, filters: [{ plugin: probe }] }]
            """;

    @TempDir
    Path directory;

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("no factory", PluginJar.of("probe", "2.0.0"), "no factory"),
                Arguments.of("two factories", created("return null;").service("acme.Other"), "2 factories"),
                Arguments.of(
                        "a factory that is not there",
                        PluginJar.of("probe", "2.0.0").service("acme.Gone"),
                        "acme.Gone"),
                Arguments.of(
                        "a constructor that throws",
                        member("public Probe() { throw new IllegalStateException(\"no license\"); }"),
                        "no license"),
                Arguments.of(
                        "an initializer that throws",
                        member("static { if (true) throw new IllegalStateException(\"no disk\"); }"),
                        "no disk"),
                Arguments.of(
                        "create throws", created("throw new IllegalStateException(\"no database\");"), "no database"),
                Arguments.of("create hangs", created("Thread.sleep(60_000); return null;"), "took longer than 500 ms"),
                Arguments.of(
                        "create loops",
                        created("int i = 0; while (i >= 0) { i = (i + 1) & 7; } return null;"),
                        "took longer"),
                Arguments.of("create gives nothing", created("return null;"), "probe@2.0.0"),
                Arguments.of(
                        "a class that is missing when it is used",
                        created("throw new NoClassDefFoundError(\"acme/Missing\");"),
                        "acme/Missing"),
                Arguments.of(
                        "a stack that overflows", created("throw new StackOverflowError();"), "StackOverflowError"),
                Arguments.of(
                        "a configuration that it does not take",
                        plugin("probe", "2.0.0", "@NotBlank String text", "return null;", ""),
                        "/routes/0/filters/0/config"),
                Arguments.of(
                        "a contract that is newer",
                        answering("probe", "2.0.0", "v2").attribute("Plugin-Requires", ">=9.0.0"),
                        ">=9.0.0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void servesOnAndLeavesNothingBehind(String way, PluginJar second, String reason) throws Exception {
        Path first = answering("probe", "1.0.0", "v1").in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(directory.resolve("g"), ROUTES, first);
                SteadyLoad load = SteadyLoad.on(gateway.port(), 200)) {
            HttpResponse<String> refused = upload(gateway, second.in(directory));

            assertThat(refused.statusCode()).as(way).isEqualTo(422);
            assertThat(refused.body()).contains(reason);
            assertThat(gateway.get("/").body()).isEqualTo("v1");
            await().atMost(PATIENCE)
                    .until(() -> gateway.gateway().generations().stream()
                            .allMatch(it -> it.toString().equals("probe@1.0.0#1")));
            assertThat(gateway.folder()).isDirectoryNotContaining("glob:**2.0.0*");
            load.stop();
            assertThat(load.failures()).isEmpty();
        }
    }

    private static PluginJar created(String body) {
        return plugin("probe", "2.0.0", "String text", "if (true) { " + body + " } return null;", "");
    }

    private static PluginJar member(String member) {
        return plugin("probe", "2.0.0", "String text", "return null;", member);
    }

    private static HttpResponse<String> upload(GatewayFixture gateway, Path jar) throws Exception {
        return gateway.send(gateway.admin("/v1/plugins")
                .header("content-type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Files.readAllBytes(jar)))
                .build());
    }
}
