package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.answering;
import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotSwapTest {
    private static final String OPTIONAL = filters("{ plugin: probe, optional: true }");

    @TempDir
    Path directory;

    @Test
    void servesOneConnectionAndOneUploadThroughEveryChangeOfAPlugin() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        filters("{ plugin: stamp }, { plugin: probe, optional: true }"),
                        stamp("1.0.0").in(directory));
                KeptConnection connection = KeptConnection.to(gateway.port());
                TricklingUpload upload = TricklingUpload.to(gateway.port())) {
            assertThat(connection.get("/a")).isEqualTo("/a");
            upload.send("one ");

            Path jar = answering("probe", "1.0.0", "v1").in(gateway.folder());
            awaitAnswer(connection, "v1");
            upload.send("two ");

            answering("probe", "1.1.0", "v2").in(gateway.folder());
            awaitAnswer(connection, "v2");
            stamp("1.1.0").in(gateway.folder());
            awaitStamp(connection, "1.1.0");
            upload.send("three ");

            Path broken = gateway.folder().resolve("probe-1.1.0.jar");
            Files.write(broken, new byte[] {'P', 'K', 3, 4, 0});
            await().atMost(PATIENCE).until(() -> gateway.status().contains("probe-1.1.0.jar"));
            assertThat(connection.get("/a")).isEqualTo("v2");

            Files.delete(broken);
            awaitAnswer(connection, "v1");
            Files.delete(jar);
            awaitAnswer(connection, "/a");

            upload.send("four");
            assertThat(upload.finish()).contains("one two three four").contains("x-stamp: 1.0.0");
            assertThat(connection.failures()).isZero();
        }
    }

    @Test
    void takesOtherBytesOfTheSameVersionAsANewGeneration() throws Exception {
        Path jar = answering("probe", "1.0.0", "before").in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(directory.resolve("g"), OPTIONAL, jar)) {
            assertThat(gateway.get("/").body()).isEqualTo("before");

            answering("probe", "1.0.0", "after").in(gateway.folder());

            await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals("after"));
        }
    }

    @Test
    void keepsServingFromItsOwnCopyWhenANeededJarIsDeleted() throws Exception {
        Path jar = answering("probe", "1.0.0", "needed").in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(directory.resolve("g"), filters("{ plugin: probe }"), jar)) {

            Files.delete(gateway.folder().resolve("probe-1.0.0.jar"));

            await().atMost(PATIENCE).until(() -> gateway.status().contains("serves on from its private copy"));
            assertThat(gateway.get("/").body()).isEqualTo("needed");
        }
    }

    @Test
    void staysWithThePinnedVersionWhenANewerOneArrives() throws Exception {
        Path jar = answering("probe", "1.0.0", "pinned").in(directory);
        try (GatewayFixture gateway =
                GatewayFixture.start(directory.resolve("g"), filters("{ plugin: probe@1.0.0 }"), jar)) {

            answering("probe", "2.0.0", "newest").in(gateway.folder());

            await().atMost(PATIENCE)
                    .until(() -> gateway.send(gateway.admin("/v1/plugins").build())
                            .body()
                            .contains("2.0.0"));
            assertThat(gateway.get("/").body()).isEqualTo("pinned");
        }
    }

    @Test
    void goesOnWithTheOldVersionWhenTheNewOneCannotBeCreated() throws Exception {
        Path jar = answering("probe", "1.0.0", "old").in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(directory.resolve("g"), filters("{ plugin: probe }"), jar)) {

            FilterSource.plugin(
                            "probe", "2.0.0", "String text", "throw new IllegalStateException(\"no database\");", "")
                    .in(gateway.folder());

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(gateway.status()).contains("probe-2.0.0.jar", "threw in create", "no database"));
            assertThat(gateway.get("/").body()).isEqualTo("old");
        }
    }

    @Test
    void closesAPluginOnlyAfterTheLastRequestThatBeganOnIt() throws Exception {
        Path first = closing("1.0.0").in(directory);
        try (GatewayFixture gateway =
                        GatewayFixture.start(directory.resolve("g"), filters("{ plugin: closing }"), first);
                TricklingUpload upload = TricklingUpload.to(gateway.port())) {
            upload.send("begun");
            await().atMost(PATIENCE)
                    .until(() -> gateway.gateway().snapshot().revision() == 1
                            && gateway.status().contains("\"onThisRevision\" : 1"));

            closing("1.1.0").in(gateway.folder());

            await().atMost(PATIENCE)
                    .until(() -> gateway.get("/")
                            .headers()
                            .firstValue("x-version")
                            .orElse("")
                            .equals("1.1.0"));
            // Another change gives whatever is to be closed another occasion.
            gateway.configure("drain: { deadline: 20s }\n" + filters("{ plugin: closing }"));
            assertThat(System.getProperty("jarway.test.closed.1.0.0")).isNull();

            upload.finish();

            await().atMost(PATIENCE).until(() -> "true".equals(System.getProperty("jarway.test.closed.1.0.0")));
            assertThat(System.getProperty("jarway.test.closed.1.1.0")).isNull();
        }
    }

    /** A plugin that tells when it is closed. */
    private static PluginJar closing(String version) {
        return FilterSource.plugin("closing", version, "String text", """
                return new FilterPlugin() {
                    @Override public Filter newFilter(Exchange exchange) {
                        return new Filter() {
                            @Override public Action onResponseHeaders(Response response) {
                                response.headers().set("x-version", "%1$s");
                                return Action.proceed();
                            }
                        };
                    }
                    @Override public void close() { System.setProperty("jarway.test.closed.%1$s", "true"); }
                };""".formatted(version), "");
    }

    private static PluginJar stamp(String version) {
        return filter(
                "stamp",
                version,
                "@Override public Action onResponseHeaders(Response response) {"
                        + " response.headers().set(\"x-stamp\", \"" + version + "\"); return Action.proceed(); }");
    }

    private static void awaitAnswer(KeptConnection connection, String answer) {
        await().atMost(PATIENCE).until(() -> connection.get("/a").equals(answer));
    }

    private static void awaitStamp(KeptConnection connection, String version) throws IOException {
        await().atMost(PATIENCE).until(() -> {
            connection.get("/a");
            return connection.lastHead().contains("x-stamp: " + version);
        });
    }
}
