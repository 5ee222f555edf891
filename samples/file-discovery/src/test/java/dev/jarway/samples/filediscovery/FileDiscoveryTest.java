package dev.jarway.samples.filediscovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.jarway.testkit.GatewayExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class FileDiscoveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @TempDir
    Path directory;

    private HttpServer one;
    private HttpServer other;
    private Path file;

    @BeforeEach
    void listen() throws IOException {
        one = answering("one");
        other = answering("other");
        file = directory.resolve("orders.txt");
    }

    @AfterEach
    void stop() {
        one.stop(0);
        other.stop(0);
    }

    @Test
    void sendsRequestsWhereTheFileSaysAndFollowsIt() throws IOException {
        Files.writeString(file, url(one) + "\n");
        discover();
        assertThat(gateway.get("/").body()).isEqualTo("one");

        Files.writeString(file, url(other) + "\n");

        await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals("other"));
    }

    @Test
    void answers503WhenTheFileIsEmptyAndGoesOnWhenItIsNot() throws IOException {
        Files.writeString(file, "# none yet\n");
        discover();
        assertThat(gateway.get("/").statusCode()).isEqualTo(503);
        assertThat(gateway.get("/").body()).contains("NO_ENDPOINT");

        Files.writeString(file, url(one) + "\n");

        await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 200);
    }

    @Test
    void staysWithTheLastGoodContentWhenTheFileIsBroken() throws IOException {
        Files.writeString(file, url(one) + "\n");
        discover();

        Files.writeString(file, "nonsense\n");

        await().during(Duration.ofMillis(500))
                .atMost(PATIENCE)
                .until(() -> gateway.get("/").body().equals("one"));
    }

    @Test
    void refusesAConfigurationWhoseFileIsNotThere() {
        assertThatThrownBy(this::discover).hasMessageContaining("there is no such file");
        assertThat(gateway.get("/").statusCode()).isEqualTo(200);
    }

    private void discover() {
        gateway.configure("""
                services:
                  - name: orders
                    discovery: { plugin: file-discovery, config: { path: "%s", every: 50ms } }
                routes:
                  - { name: orders, service: orders }
                """.formatted(file));
    }

    private static HttpServer answering(String text) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            try (exchange) {
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
