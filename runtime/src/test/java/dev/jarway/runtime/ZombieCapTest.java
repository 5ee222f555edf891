package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that leak: how many of them the gateway takes. */
class ZombieCapTest {
    private static final String END = "leaks.end";

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(END);
    }

    @Test
    void loadsNothingMoreBesideTooManyZombiesUntilOneOfThemGoes() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                "plugins: { maxZombies: 1 }\n" + filters("{ plugin: leaky, config: { text: x } }"),
                Duration.ofMillis(500),
                leaky("1.0.0").in(directory))) {
            assertThat(upload(gateway, "2.0.0").statusCode()).isEqualTo(201);
            Files.delete(gateway.folder().resolve("leaky-1.0.0.jar"));
            await().atMost(PATIENCE).until(() -> gateway.status().contains("ZOMBIE"));

            HttpResponse<String> refused = upload(gateway, "3.0.0");
            leaky("4.0.0").in(gateway.folder());

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("leaky@1.0.0#1", "fewer than plugins.maxZombies");
            await().atMost(PATIENCE).until(() -> gateway.status().contains("leaky-4.0.0.jar: not loaded"));
            assertThat(gateway.get("/").body()).isEqualTo("2.0.0");
            assertThat(gateway.status()).contains("leaks from 1.0.0");

            System.setProperty(END, "1.0.0");

            await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals("4.0.0"));
            System.setProperty(END, "all");
        }
    }

    private static HttpResponse<String> upload(GatewayFixture gateway, String version) throws Exception {
        Path jar = leaky(version).in(Files.createTempDirectory("leaky"));
        return gateway.send(gateway.admin("/v1/plugins")
                .header("content-type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Files.readAllBytes(jar)))
                .build());
    }

    /** Starts a thread and forgets it. */
    private static PluginJar leaky(String version) {
        return plugin("leaky", version, "String text", """
                Thread.ofPlatform().daemon().name("leaks from %s").start(() -> {
                    while (!"all %s".contains(System.getProperty("%s", "never"))) {
                        try { Thread.sleep(20); } catch (InterruptedException e) { Thread.interrupted(); }
                    }
                });
                return exchange -> new Filter() {
                    @Override public Action onRequestHeaders(Request request) {
                        return Action.respond(LocalResponse.of(200, "%s"));
                    }
                };
                """.formatted(version, version, END, version), "");
    }
}
