package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static dev.jarway.runtime.TlsTest.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are replaced while connections are open. */
class CertificateReplacementTest {
    private final TestAuthority authority = TestAuthority.create();
    private final TlsClient client = TlsClient.trusting(authority);

    @TempDir
    Path directory;

    private GatewayFixture start(String tls) throws StartException {
        TestAuthority.write(directory, "web", authority.issue("before.example.com"));
        return GatewayFixture.start(directory, listener(tls), filters(""));
    }

    @Test
    void showsNewFilesToNewConnectionsAndLeavesOpenOnesAlone() throws Exception {
        try (GatewayFixture gateway = start(certificates("web"));
                KeptConnection kept = KeptConnection.over(client.open(gateway.port(), null))) {
            assertThat(kept.get("/a")).isEqualTo("/a");

            TestAuthority.write(directory, "web", authority.issue("after.example.com"));

            await().atMost(PATIENCE).until(() -> shown(gateway), "after.example.com"::equals);
            assertThat(kept.get("/b")).isEqualTo("/b");
            assertThat(kept.failures()).isZero();
        }
    }

    @Test
    void keepsTheOldOneWhereTheNewFilesAreWrongAndSaysSo() throws Exception {
        try (GatewayFixture gateway = start(certificates("web"));
                KeptConnection kept = KeptConnection.over(client.open(gateway.port(), null))) {
            TestAuthority.replace(directory.resolve("web.key"), "not a key");

            await().atMost(PATIENCE).until(() -> gateway.status().contains("no private key in it"));
            assertThat(shown(gateway)).isEqualTo("before.example.com");
            assertThat(kept.get("/a")).isEqualTo("/a");

            // Nor does it matter to a change of something else.
            assertThat(gateway.configure(listener(certificates("web")), filters("") + "drain: { deadline: 1s }\n")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(shown(gateway)).isEqualTo("before.example.com");

            TestAuthority.write(directory, "web", authority.issue("after.example.com"));

            await().atMost(PATIENCE).until(() -> shown(gateway), "after.example.com"::equals);
            assertThat(gateway.status()).doesNotContain("no private key in it");
        }
    }

    @Test
    void showsWhatAnotherConfigurationNamesFromItsAcknowledgementOn() throws Exception {
        TestAuthority.write(directory, "other", authority.issue("other.example.com"));
        try (GatewayFixture gateway = start(certificates("web"));
                KeptConnection kept = KeptConnection.over(client.open(gateway.port(), null))) {
            assertThat(gateway.configure(listener(certificates("other")), filters(""))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(shown(gateway)).isEqualTo("other.example.com");
            assertThat(kept.get("/a")).isEqualTo("/a");

            // From then on, its files are the ones that matter.
            TestAuthority.write(directory, "other", authority.issue("newest.example.com"));
            await().atMost(PATIENCE).until(() -> shown(gateway), "newest.example.com"::equals);
        }
    }

    @Test
    void demandsWhatAnotherConfigurationDoesFromItsAcknowledgementOn() throws Exception {
        try (GatewayFixture gateway = start(certificates("web"));
                KeptConnection kept = KeptConnection.over(client.open(gateway.port(), null))) {
            assertThat(gateway.configure(listener(certificates("web") + ", minVersion: \"1.3\""), filters(""))
                            .statusCode())
                    .isEqualTo(200);

            assertThat(speaksTls12(gateway)).isFalse();
            assertThat(kept.get("/a")).isEqualTo("/a");
        }
    }

    private boolean speaksTls12(GatewayFixture gateway) throws IOException {
        try (var socket =
                client.open(gateway.port(), null, parameters -> parameters.setProtocols(new String[] {"TLSv1.2"}))) {
            return socket.isConnected();
        } catch (SSLException e) {
            return false;
        }
    }

    private String shown(GatewayFixture gateway) throws IOException {
        return client.shown(gateway.port(), null);
    }
}
