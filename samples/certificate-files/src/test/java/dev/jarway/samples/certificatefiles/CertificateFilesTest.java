package dev.jarway.samples.certificatefiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.testkit.GatewayExtension;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class CertificateFilesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @TempDir
    Path folder;

    private X509Bundle authority;

    @BeforeEach
    void issueCertificates() throws Exception {
        authority = new CertificateBuilder()
                .subject("CN=An authority of tests")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        write("standard", "standard.example.com");
        write("shop", "shop.example.com");
    }

    @Test
    void givesTheCertificateWhoseNameIsAskedFor() throws Exception {
        write("wild", "*.example.org");

        listen();

        assertThat(shown("shop.example.com")).isEqualTo("shop.example.com");
        assertThat(shown("any.example.org")).isEqualTo("*.example.org");
        assertThat(shown("unknown.example.net")).isEqualTo("standard.example.com");
    }

    @Test
    void takesOverWhatChangesInTheFolder() throws Exception {
        listen();

        write("new", "new.example.com");

        assertThat(shownInTheEnd("new.example.com")).isEqualTo("new.example.com");
    }

    @Test
    void keepsAPairWhoseNewFilesDoNotFit() throws Exception {
        listen();
        Files.writeString(folder.resolve("shop.key"), "not a key");
        write("new", "new.example.com");
        shownInTheEnd("new.example.com"); // It has looked again.

        assertThat(shown("shop.example.com")).isEqualTo("shop.example.com");
    }

    @Test
    void isRefusedWithAFolderThatIsNotThere() {
        assertThatThrownBy(() -> gateway.configure(document(folder.resolve("missing"))))
                .hasMessageContaining("/listeners/0/tls/plugins/0");
    }

    private void write(String name, String host) throws Exception {
        var bundle = new CertificateBuilder()
                .subject("CN=" + host)
                .addExtensionOctetString("2.5.29.17", false, alternativeName(host))
                .buildIssuedBy(authority);
        Files.writeString(folder.resolve(name + ".key"), bundle.getPrivateKeyPEM());
        Files.writeString(folder.resolve(name + ".crt"), bundle.getCertificatePathPEM());
    }

    /** By hand, since the builder takes no wildcards. */
    private static byte[] alternativeName(String host) {
        var name = new ByteArrayOutputStream();
        name.writeBytes(new byte[] {0x30, (byte) (host.length() + 2), (byte) 0x82, (byte) host.length()});
        name.writeBytes(host.getBytes(StandardCharsets.US_ASCII));
        return name.toByteArray();
    }

    private void listen() {
        gateway.configure(document(folder));
    }

    private String document(Path directory) {
        return """
                listeners:
                  - name: secure
                    host: 127.0.0.1
                    port: 0
                    tls:
                      certificates: [ { cert: %s/standard.crt, key: %s/standard.key } ]
                      plugins: [ { plugin: certificate-files, config: { directory: %s, interval: 100ms } } ]
                """.formatted(folder, folder, directory);
    }

    /** The name that is shown as soon as it is the one asked for. */
    private String shownInTheEnd(String host) throws Exception {
        long start = System.nanoTime();
        var shown = shown(host);
        while (!shown.equals(host) && System.nanoTime() - start < PATIENCE.toNanos()) {
            shown = shown(host);
        }
        return shown;
    }

    /** The common name of the certificate that a client is shown who asks for that host. */
    private String shown(String host) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, authority.toTrustManagerFactory().getTrustManagers(), null);
        int port = URI.create(gateway.url()).getPort();
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            return commonName(socket);
        }
    }

    private static String commonName(SSLSocket socket) throws IOException {
        var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return Objects.requireNonNull(leaf).getSubjectX500Principal().getName().replace("CN=", "");
    }
}
