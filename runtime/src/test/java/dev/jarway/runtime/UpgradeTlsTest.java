package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What an upgrade does to listeners with TLS, and with HTTP/3. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class UpgradeTlsTest {
    private static final String HOST = "web.example.com";

    private final TestAuthority authority = TestAuthority.create();
    private final TlsClient client = TlsClient.trusting(authority);
    private final EchoUpstream upstream = EchoUpstream.start();

    @TempDir
    Path directory;

    private GatewayProcess first;
    private int port;

    @BeforeEach
    void startTheFirst() throws IOException {
        TestAuthority.write(directory, "web", authority.issue(HOST));
        Files.createDirectories(directory.resolve("plugins"));
        Files.writeString(directory.resolve("jarway.yaml"), """
                listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2, h3], tls: { %s } }]
                drain: { deadline: 3s }
                routes: [{ name: all, service: echo }]
                services: [{ name: echo, endpoints: [{ url: "%s" }] }]
                """.formatted(certificates("web"), upstream.url()));
        first = GatewayProcess.gateway(directory);
        port = first.port("web");
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        Path pid = directory.resolve("data/gateway.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
        upstream.close();
    }

    @Test
    void keepsTlsOpenAndBringsHttp3BackWhenTheFirstHasGone() throws Exception {
        try (KeptConnection kept = KeptConnection.over(client.open(port, HOST));
                Http3Connection http3 = new Http3Connection(authority, HOST, port)) {
            assertThat(kept.get("/before")).isEqualTo("/before");
            assertThat(http3.get("/before")).isEqualTo("/before");

            upgrade();

            assertThat(kept.get("/after")).isEqualTo("/after");
            assertThat(http3.get("/after")).isEqualTo("/after");
            assertThat(get()).isEqualTo("/new");
            assertThat(first.status()).isZero();
        }
        await().atMost(PATIENCE).until(this::isAdvertised);
        try (Http3Connection http3 = new Http3Connection(authority, HOST, port)) {
            assertThat(http3.get("/again")).isEqualTo("/again");
        }
    }

    private String get() throws IOException {
        try (KeptConnection connection = KeptConnection.over(client.open(port, HOST))) {
            return connection.get("/new");
        }
    }

    private boolean isAdvertised() throws IOException {
        try (KeptConnection connection = KeptConnection.over(client.open(port, HOST))) {
            return connection.head("/", "").contains("h3=");
        }
    }

    private void upgrade() throws Exception {
        try (GatewayProcess command = GatewayProcess.upgrade(directory)) {
            assertThat(command.status()).as(command::output).isZero();
        }
    }
}
