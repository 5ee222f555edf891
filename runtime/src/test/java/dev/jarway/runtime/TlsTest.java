package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS on listeners: what is shown to whom, what is demanded, and what is refused before it can go wrong. */
class TlsTest {
    private static final String PLAIN = "listeners: [{ name: web, host: 127.0.0.1, port: 0 }]\n";

    private final TestAuthority authority = TestAuthority.create();
    private final TlsClient client = TlsClient.trusting(authority);

    @TempDir
    Path directory;

    @BeforeEach
    void writeCertificates() {
        for (String name : new String[] {"first", "second"}) {
            TestAuthority.write(directory, name, authority.issue(name + ".example.com"));
        }
    }

    static String listener(String tls) {
        return "listeners: [{ name: web, host: 127.0.0.1, port: 0, tls: { " + tls + " } }]\n";
    }

    static String certificates(String... names) {
        StringBuilder list = new StringBuilder("certificates: [");
        for (String name : names) {
            list.append("{ cert: ")
                    .append(name)
                    .append(".crt, key: ")
                    .append(name)
                    .append(".key }, ");
        }
        return list.append("]").toString();
    }

    private GatewayFixture start(String listeners) throws StartException {
        return GatewayFixture.start(directory, listeners, filters(""));
    }

    @Test
    void speaksHttp1AndHttp2AsTheClientChooses() throws Exception {
        try (GatewayFixture gateway = start(listener(certificates("first")));
                HttpClient http2 = client.http(Version.HTTP_2);
                HttpClient http1 = client.http(Version.HTTP_1_1)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + "/a"))
                    .POST(HttpRequest.BodyPublishers.ofString("text"))
                    .build();

            HttpResponse<String> second = http2.send(request, HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> first = http1.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(second.version()).isEqualTo(Version.HTTP_2);
            assertThat(second.body()).isEqualTo("text");
            assertThat(first.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(first.body()).isEqualTo("text");
            assertThat(gateway.upstream().seen())
                    .allSatisfy(seen -> assertThat(seen.headers()).containsEntry("x-forwarded-proto", "https"));
        }
    }

    @Test
    void showsTheCertificateThatFitsTheNameAndElseTheFirst() throws Exception {
        TestAuthority.write(directory, "wild", authority.issue("*.example.org", "example.org"));
        try (GatewayFixture gateway = start(listener(certificates("first", "second", "wild")))) {
            int port = gateway.port();

            assertThat(client.shown(port, "second.example.com")).isEqualTo("second.example.com");
            assertThat(client.shown(port, "SECOND.example.com")).isEqualTo("second.example.com");
            assertThat(client.shown(port, "any.example.org")).isEqualTo("*.example.org");
            assertThat(client.shown(port, "example.org")).isEqualTo("*.example.org");
            assertThat(client.shown(port, "two.levels.example.org")).isEqualTo("first.example.com");
            assertThat(client.shown(port, "unknown.example.net")).isEqualTo("first.example.com");
            assertThat(client.shown(port, null)).isEqualTo("first.example.com");
        }
    }

    @Test
    void showsTheKindOfKeyThatTheClientCanDealWith() throws Exception {
        X509Bundle rsa = authority.issue(CertificateBuilder::rsa2048, "first.example.com");
        TestAuthority.write(directory, "rsa", rsa);
        try (GatewayFixture gateway = start(listener(certificates("first", "rsa")));
                SSLSocket old = client.open(gateway.port(), "first.example.com", parameters -> {
                    parameters.setProtocols(new String[] {"TLSv1.2"});
                    parameters.setCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
                });
                SSLSocket current = client.open(gateway.port(), "first.example.com")) {
            assertThat(old.getSession().getPeerCertificates()[0]).isEqualTo(rsa.getCertificate());
            assertThat(current.getSession().getPeerCertificates()[0]).isNotEqualTo(rsa.getCertificate());
        }
    }

    @Test
    void takesPemFromReferencesToo() throws Exception {
        String references = "certificates: [{ cert: \"${file:first.crt}\", key: \"${file:first.key}\" }]";
        try (GatewayFixture gateway = start(listener(references))) {
            assertThat(client.shown(gateway.port(), null)).isEqualTo("first.example.com");
            assertThat(gateway.send(gateway.admin("/v1/config").build()).body()).doesNotContain("BEGIN");
        }
    }

    @Test
    void refusesWhatCannotBeShownAndSaysAllThatIsWrong() throws Exception {
        Files.copy(directory.resolve("first.crt"), directory.resolve("crossed.crt"));
        Files.copy(directory.resolve("second.key"), directory.resolve("crossed.key"));
        Files.copy(directory.resolve("first.key"), directory.resolve("empty.crt"));
        Files.copy(directory.resolve("first.key"), directory.resolve("empty.key"));
        Files.writeString(
                directory.resolve("locked.key"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        Files.copy(directory.resolve("first.crt"), directory.resolve("locked.crt"));
        String wrong = certificates("crossed", "missing", "empty", "locked")
                + ", ciphers: [TLS_FANTASY], clientAuth: required, trust: first.key";
        try (GatewayFixture gateway = start(listener(certificates("first")))) {
            HttpResponse<String> refused = gateway.configure(listener(wrong), filters(""));

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body())
                    .contains("/listeners/0/tls/certificates/0/key", "not the key of the certificate")
                    .contains("/listeners/0/tls/certificates/1/cert", "missing.crt is not there")
                    .contains("/listeners/0/tls/certificates/2/cert", "no certificate in it")
                    .contains("/listeners/0/tls/certificates/3/key", "a key with a passphrase")
                    .contains("/listeners/0/tls/ciphers/0", "TLS_FANTASY")
                    .contains("/listeners/0/tls/trust");
            assertThat(client.shown(gateway.port(), null)).isEqualTo("first.example.com");
        }
    }

    @Test
    void saysThatACertificateHasExpiredOrWillSoon() throws Exception {
        Instant now = Instant.now();
        X509Bundle expired = authority.issue(
                builder -> builder.notBefore(now.minus(9, ChronoUnit.DAYS)).notAfter(now.minus(1, ChronoUnit.DAYS)),
                "old.example.com");
        TestAuthority.write(directory, "old", expired);
        try (GatewayFixture gateway = start(listener(certificates("first", "old")))) {
            assertThat(gateway.status()).contains("old.crt has expired").contains("first.crt expires soon");
        }
    }

    @Test
    void speaksNoVersionBelowTheLowest() throws Exception {
        try (GatewayFixture gateway = start(listener(certificates("first") + ", minVersion: \"1.3\""));
                SSLSocket current = client.open(gateway.port(), null)) {
            assertThat(current.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> client.open(
                            gateway.port(), null, parameters -> parameters.setProtocols(new String[] {"TLSv1.2"})))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void speaksTheCiphersThatAreNamedAndNoOthers() throws Exception {
        String cipher = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        try (GatewayFixture gateway = start(listener(certificates("first") + ", ciphers: [" + cipher + "]"));
                SSLSocket socket = client.open(gateway.port(), null)) {
            assertThat(socket.getSession().getCipherSuite()).isEqualTo(cipher);
        }
    }

    @Test
    void takesUpSessionsAgainUnlessToldNotTo() throws Exception {
        try (GatewayFixture gateway = start(listener(certificates("first")))) {
            assertThat(session(gateway)).isEqualTo(session(gateway));

            gateway.configure(listener(certificates("first") + ", sessionTickets: false"), filters(""));

            assertThat(session(gateway)).isNotEqualTo(session(gateway));
        }
    }

    @Test
    void takesUpSessionsOfTls13AgainUnlessToldNotTo() throws Exception {
        try (GatewayFixture gateway = start(listener(certificates("first")))) {
            assertThat(begun(gateway)).isEqualTo(begun(gateway));

            gateway.configure(listener(certificates("first") + ", sessionTickets: false"), filters(""));

            assertThat(begun(gateway)).isNotEqualTo(begun(gateway));
        }
    }

    /** When a session of TLS 1.3 was begun, in milliseconds; it has another id each time. */
    private long begun(GatewayFixture gateway) throws IOException {
        try (SSLSocket socket = client.openAgain(
                        gateway.port(), null, parameters -> parameters.setProtocols(new String[] {"TLSv1.3"}));
                KeptConnection connection = KeptConnection.over(socket)) {
            assertThat(connection.get("/a")).isEqualTo("/a"); // The ticket comes before the answer.
            return socket.getSession().getCreationTime();
        }
    }

    /** What a session of TLS 1.2 is known by. */
    private byte[] session(GatewayFixture gateway) throws IOException {
        try (SSLSocket socket = client.openAgain(
                gateway.port(), null, parameters -> parameters.setProtocols(new String[] {"TLSv1.2"}))) {
            return socket.getSession().getId();
        }
    }

    @Test
    void comesToAnOpenListenerAndGoesAgain() throws Exception {
        try (GatewayFixture gateway = start(PLAIN)) {
            int port = gateway.port();
            assertThat(gateway.get("/a").body()).isEqualTo("/a");

            assertThat(gateway.configure(listener(certificates("first")), filters(""))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.shown(port, null)).isEqualTo("first.example.com");

            assertThat(gateway.configure(PLAIN, filters("")).statusCode()).isEqualTo(200);
            assertThat(gateway.port()).isEqualTo(port);
            assertThat(gateway.get("/b").body()).isEqualTo("/b");
        }
    }

    @Test
    void tellsAClientThatItsProtocolIsNotSpoken() throws Exception {
        String onlyHttp1 = "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1], tls: { "
                + certificates("first") + " } }]\n";
        try (GatewayFixture gateway = start(onlyHttp1);
                SSLSocket agreed = client.open(
                        gateway.port(),
                        null,
                        parameters -> parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"}))) {
            assertThat(agreed.getApplicationProtocol()).isEqualTo("http/1.1");
            assertThatThrownBy(() -> client.open(
                            gateway.port(),
                            null,
                            parameters -> parameters.setApplicationProtocols(new String[] {"h2"})))
                    .isInstanceOf(SSLException.class);
        }
    }
}
