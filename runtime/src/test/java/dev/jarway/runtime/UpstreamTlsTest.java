package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How services are spoken to over TLS. */
class UpstreamTlsTest {
    private static final String KEPT = "what was read before stays in use";

    @TempDir
    Path directory;

    private final TestAuthority authority = TestAuthority.create();
    private final TestAuthority stranger = TestAuthority.create();

    @BeforeEach
    void write() {
        TestAuthority.write(directory, "authority", authority.root());
        TestAuthority.write(directory, "stranger", stranger.root());
    }

    @Test
    void believesTheAuthoritiesThatItIsGiven() throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = start(upstream, "tls: { ca: authority.crt }")) {
            assertThat(gateway.get("/").body()).isEqualTo("HTTP_1_1 nobody stranger");
        }
    }

    @Test
    void believesNobodyElse() throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = start(upstream, "tls: { ca: stranger.crt }")) {
            assertUnreachable(gateway.get("/"));

            gateway.configure(service(upstream, "loadBalancer: random")); // What the JVM trusts.

            assertUnreachable(gateway.get("/"));
            assertThat(upstream.requests()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1", "h2"})
    void keepsAConnectionForLongerThanItMayTakeToOpen(String protocol) throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "  - { name: named, endpoints: [{ url: \"" + upstream.url()
                                + "\" }], timeouts: { connect: 2s },"
                                + " protocol: " + protocol + ", tls: { ca: authority.crt } }\n"
                                + "routes: [{ name: all, service: named }]\n")) {
            await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 200);
            int opened = upstream.connections();

            await().pollDelay(Duration.ofMillis(2500)).until(() -> true);

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            assertThat(upstream.connections()).isEqualTo(opened);
        }
    }

    @Test
    void wantsTheCertificateToHaveTheName() throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = start(upstream, "tls: { ca: authority.crt, serverName: carts.example }")) {
            assertUnreachable(gateway.get("/"));

            gateway.configure(service(upstream, "tls: { ca: authority.crt, serverName: orders.example }"));

            assertThat(gateway.get("/").body()).isEqualTo("HTTP_1_1 orders.example stranger");
            assertThat(upstream.requests()).isEqualTo(1);
        }
    }

    @Test
    void asksForTheNameOfTheEndpoint() throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("localhost"));
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "  - { name: named, endpoints: [{ url: \""
                                + upstream.url().replace("127.0.0.1", "localhost")
                                + "\" }], timeouts: { connect: 10s }, tls: { ca: authority.crt } }\nroutes: [{ name: all, service: named }]\n")) {
            assertThat(gateway.get("/").body()).startsWith("HTTP_1_1 ").endsWith(" stranger");
        }
    }

    @Test
    void believesWhoeverAnswersOnlyIfItIsToldTo() throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(stranger.issue("somebody.example"));
                GatewayFixture gateway = start(upstream, "tls: { verify: false }")) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            assertThat(gateway.status()).contains("service 'named': tls.verify is false");

            gateway.configure(service(upstream, "tls: { verify: true }"));

            assertUnreachable(gateway.get("/"));
            assertThat(gateway.status()).doesNotContain("tls.verify");
        }
    }

    @Test
    void usesNoConnectionThatAnotherServiceHasNotVerified() throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(stranger.issue("somebody.example"));
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "  - { name: careless, endpoints: [{ url: \"" + upstream.url()
                                + "\" }], timeouts: { connect: 10s }, tls: { verify: false } }\n"
                                + "  - { name: careful, endpoints: [{ url: \"" + upstream.url() + "\" }] }\n"
                                + "routes: [{ name: a, match: { path: /careless }, service: careless },"
                                + " { name: b, match: { path: /careful }, service: careful }]\n")) {
            for (int i = 0; i < 10; i++) {
                assertThat(gateway.get("/careless").statusCode()).isEqualTo(200);
                assertUnreachable(gateway.get("/careful"));
            }
        }
    }

    @Test
    void showsItsOwnCertificate() throws Exception {
        TestAuthority.write(directory, "gateway", authority.issue("gateway.example"));
        try (SecureUpstream upstream = SecureUpstream.demanding(authority.issue("orders.example"), authority.root());
                GatewayFixture gateway =
                        start(upstream, "tls: { ca: authority.crt, certificate: gateway.crt, key: gateway.key }")) {
            assertThat(gateway.get("/").body()).isEqualTo("HTTP_1_1 nobody CN=gateway.example");

            gateway.configure(service(upstream, "tls: { ca: authority.crt }"));

            assertThat(gateway.get("/").statusCode()).isGreaterThanOrEqualTo(502);
            assertThat(upstream.requests()).isEqualTo(1);
        }
    }

    @Test
    void asksOverTlsHowEndpointsAre() throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = start(
                        upstream, "tls: { ca: authority.crt }, health: { active: { interval: 50ms, unhealthy: 1 } }")) {
            await().atMost(PATIENCE).until(() -> upstream.requests() > 5);

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void takesUpWhatHasChangedInItsFiles() throws Exception {
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = start(upstream, "tls: { ca: stranger.crt }")) {
            assertUnreachable(gateway.get("/"));
            TestAuthority.replace(
                    directory.resolve("stranger.crt"), authority.root().getCertificatePEM());

            await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 200);
        }
    }

    @Test
    void keepsWhatItHasReadWhileItsFilesAreWrong() throws Exception {
        Path file = directory.resolve("authority.crt");
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = start(upstream, "tls: { ca: authority.crt }")) {
            TestAuthority.replace(file, "nothing");
            await().atMost(PATIENCE).until(() -> gateway.status().contains(KEPT));
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);

            HttpResponse<String> other =
                    gateway.configure(service(upstream, "tls: { ca: authority.crt }") + "history: { retain: 40 }\n");
            assertThat(other.statusCode()).isEqualTo(200);
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);

            TestAuthority.replace(file, authority.root().getCertificatePEM());
            await().atMost(PATIENCE).until(() -> !gateway.status().contains(KEPT));
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysWhatIsWrongWithItsFiles() throws Exception {
        TestAuthority.write(directory, "gateway", authority.issue("gateway.example"));
        TestAuthority.replace(directory.resolve("empty.pem"), "nothing");
        try (SecureUpstream upstream = SecureUpstream.showing(authority.issue("orders.example"));
                GatewayFixture gateway = start(upstream, "tls: { ca: authority.crt }")) {
            assertThat(refusal(gateway, upstream, "ca: absent.pem")).contains("/services/2/tls/ca", "cannot be read");
            assertThat(refusal(gateway, upstream, "ca: empty.pem"))
                    .contains("/services/2/tls/ca", "no certificates that can be read");
            assertThat(refusal(gateway, upstream, "certificate: gateway.crt, key: authority.key"))
                    .contains("/services/2/tls/key", "not the key of the certificate");
            assertThat(refusal(gateway, upstream, "certificate: gateway.crt, key: empty.pem"))
                    .contains("/services/2/tls/certificate", "no certificate and key that can be read");

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        }
    }

    private static String refusal(GatewayFixture gateway, SecureUpstream upstream, String tls) {
        HttpResponse<String> response = gateway.configure(service(upstream, "tls: { " + tls + " }"));
        assertThat(response.statusCode()).isEqualTo(422);
        return response.body();
    }

    private static void assertUnreachable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("\"code\":\"UPSTREAM_UNREACHABLE\"");
    }

    private GatewayFixture start(SecureUpstream upstream, String keys) throws StartException {
        return GatewayFixture.start(directory, service(upstream, keys));
    }

    private static String service(SecureUpstream upstream, String keys) {
        return "  - { name: named, endpoints: [{ url: \"" + upstream.url() + "\" }], timeouts: { connect: 10s }, "
                + keys + " }\nroutes: [{ name: all, service: named }]\n";
    }
}
