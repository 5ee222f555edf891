package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static dev.jarway.runtime.TlsTest.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that show certificates too. */
class MutualTlsTest {
    private static final String ASKS = ", trust: clients.pem, clientAuth: ";

    private final TestAuthority authority = TestAuthority.create();
    private final TestAuthority clients = TestAuthority.create();
    private final X509Bundle alice = clients.issue("alice");

    @TempDir
    Path directory;

    @BeforeEach
    void writeFiles() {
        TestAuthority.write(directory, "web", authority.issue("web.example.com"));
        TestAuthority.replace(directory.resolve("clients.pem"), clients.root().getRootCertificatePEM());
    }

    private GatewayFixture start(String more) throws StartException {
        return GatewayFixture.start(directory, listener(certificates("web") + more), filters(""));
    }

    private KeptConnection connect(GatewayFixture gateway, TlsClient client) throws IOException {
        return KeptConnection.over(client.open(gateway.port(), "web.example.com"));
    }

    private TlsClient aliceWith(X509Bundle certificate) {
        return TlsClient.showing(authority, certificate);
    }

    private Map<String, String> seen(GatewayFixture gateway) {
        return gateway.upstream().seen().remove().headers();
    }

    @Test
    void tellsFiltersWhatTheConnectionIs() throws Exception {
        Path telling = filter("telling", "1.0.0", """
                @Override public Action onResponseHeaders(Response response) {
                    TlsSession tls = exchange.tls().orElseThrow();
                    response.headers().set("x-tls", tls.serverName().orElse("-") + " " + tls.protocol() + " "
                            + tls.cipherSuite().startsWith("TLS_") + " "
                            + tls.clientCertificates().get(0).getSubjectX500Principal().getName());
                    return Action.proceed();
                }
                """).in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(
                        directory.resolve("g"),
                        listener("certificates: [{ cert: ../web.crt, key: ../web.key }], trust: ../clients.pem,"
                                + " clientAuth: required"),
                        filters("{ plugin: telling }"),
                        telling);
                KeptConnection connection = connect(gateway, aliceWith(alice))) {
            assertThat(connection.head("/a", "")).containsIgnoringCase("x-tls: web.example.com TLSv1.3 true CN=alice");
        }
    }

    @Test
    void servesNobodyWithoutACertificateWhereOneIsRequired() throws Exception {
        X509Bundle stranger = TestAuthority.create().issue("stranger");
        try (GatewayFixture gateway = start(ASKS + "required");
                KeptConnection connection = connect(gateway, aliceWith(alice))) {
            assertThat(connection.get("/a")).isEqualTo("/a");
            assertThatThrownBy(() -> get(gateway, TlsClient.trusting(authority)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(gateway, aliceWith(stranger))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void servesWhoShowsNoneWhereItIsOptionalButNobodyWithAWrongOne() throws Exception {
        X509Bundle stranger = TestAuthority.create().issue("stranger");
        try (GatewayFixture gateway = start(ASKS + "optional")) {
            assertThat(get(gateway, TlsClient.trusting(authority))).isEqualTo("/a");
            assertThat(get(gateway, aliceWith(alice))).isEqualTo("/a");
            assertThatThrownBy(() -> get(gateway, aliceWith(stranger))).isInstanceOf(IOException.class);
        }
    }

    private String get(GatewayFixture gateway, TlsClient client) throws IOException {
        try (KeptConnection connection = connect(gateway, client)) {
            return connection.get("/a");
        }
    }

    @Test
    void forwardsTheCertificateAndNothingThatAClientClaims() throws Exception {
        String forged = "Client-Cert: :Zm9yZ2Vk:\r\nClient-Cert-Chain: :Zm9yZ2Vk:\r\nConnection: client-cert\r\n";
        try (GatewayFixture gateway = start(ASKS + "optional, forwardClientCert: true");
                KeptConnection known = connect(gateway, aliceWith(alice));
                KeptConnection unknown = connect(gateway, TlsClient.trusting(authority))) {
            known.head("/a", forged);
            assertThat(seen(gateway))
                    .containsEntry(
                            "client-cert",
                            ":"
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    alice.getCertificate().getEncoded()) + ":")
                    .hasEntrySatisfying(
                            "client-cert-chain", chain -> assertThat(chain).isNotEqualTo(":Zm9yZ2Vk:"));

            unknown.head("/a", forged);
            assertThat(seen(gateway)).doesNotContainKeys("client-cert", "client-cert-chain");
        }
    }

    @Test
    void doesNotCountTheCertificateAmongTheFieldsOfTheClient() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "listeners: [{ name: web, host: 127.0.0.1, port: 0, limits: { headers: 256, headerCount: 2 },"
                                + " tls: { " + certificates("web") + ASKS + "required, forwardClientCert: true } }]\n",
                        filters(""));
                KeptConnection connection = connect(gateway, aliceWith(alice));
                RawHttp2 http2 = new RawHttp2(aliceWith(alice)
                        .open(
                                gateway.port(),
                                null,
                                parameters -> parameters.setApplicationProtocols(new String[] {"h2"})))) {
            assertThat(connection.get("/a")).isEqualTo("/a");
            http2.headers(
                    1,
                    List.of(
                            new String[] {":method", "GET"},
                            new String[] {":scheme", "https"},
                            new String[] {":authority", "h"},
                            new String[] {":path", "/a"}),
                    true);
            assertThat(http2.outcome(1)).isEqualTo("200");
        }
    }

    @Test
    void letsNoClaimThroughWhereNothingIsForwarded() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, filters(""));
                KeptConnection plain = KeptConnection.to(gateway.port())) {
            plain.head("/a", "Client-Cert: :Zm9yZ2Vk:\r\nClient-Cert-Chain: :Zm9yZ2Vk:\r\n");

            assertThat(seen(gateway)).doesNotContainKeys("client-cert", "client-cert-chain");
        }
    }

    @Test
    void trustsWhomTheFileNamesNowInNewHandshakesAndResumedOnes() throws Exception {
        TlsClient remembering = aliceWith(alice);
        try (GatewayFixture gateway = start(ASKS + "required");
                KeptConnection kept = connect(gateway, aliceWith(alice))) {
            assertThat(getAgain(gateway, remembering)).isEqualTo("/a");
            TestAuthority others = TestAuthority.create();

            TestAuthority.replace(
                    directory.resolve("clients.pem"), others.root().getRootCertificatePEM());

            await().atMost(PATIENCE).until(() -> isRefused(gateway, aliceWith(alice)));
            assertThatThrownBy(() -> getAgain(gateway, remembering)).isInstanceOf(IOException.class);
            assertThat(get(gateway, aliceWith(others.issue("bob")))).isEqualTo("/a");
            assertThat(kept.get("/b")).isEqualTo("/b");
        }
    }

    private boolean isRefused(GatewayFixture gateway, TlsClient client) {
        try {
            get(gateway, client);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static String getAgain(GatewayFixture gateway, TlsClient client) throws IOException {
        try (KeptConnection connection =
                KeptConnection.over(client.openAgain(gateway.port(), "web.example.com", same -> {}))) {
            return connection.get("/a");
        }
    }
}
