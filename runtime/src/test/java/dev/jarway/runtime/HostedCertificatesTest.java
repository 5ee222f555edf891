package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.answering;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static dev.jarway.runtime.TlsTest.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that give certificates, above all when they do not do as they should. The sample {@code certificate-files} does. */
class HostedCertificatesTest {
    private static final String NAME = "web.example.com";

    private final TestAuthority authority = TestAuthority.create();
    private final TlsClient client = TlsClient.trusting(authority);

    @TempDir
    Path directory;

    @BeforeEach
    void writeCertificate() {
        TestAuthority.write(directory, "web", authority.issue(NAME));
    }

    /** A plugin that does that when it is asked for a certificate. */
    private Path plugin(String method) {
        return PluginJar.of("keys", "1.0.0")
                .source("acme.Keys", """
                        package acme;
                        import dev.jarway.plugin.CertificatePlugin;
                        import dev.jarway.plugin.PluginContext;
                        import dev.jarway.plugin.PluginFactory;
                        import java.util.Optional;
                        public final class Keys implements PluginFactory<Keys.Config> {
                            public record Config() {}
                            @Override public Class<Config> configType() { return Config.class; }
                            @Override public CertificatePlugin create(Config config, PluginContext context) {
                                return name -> { METHOD };
                            }
                        }
                        """.replace("METHOD", method))
                .service("acme.Keys")
                .in(directory);
    }

    /** A plugin that gives the certificate that stood in {@code name.crt} and {@code name.key} when it was made. */
    private PluginJar giving(String version, String name) {
        return PluginJar.of("keys", version)
                .source("acme.Keys", """
                        package acme;
                        import dev.jarway.plugin.CertificatePlugin;
                        import dev.jarway.plugin.PluginContext;
                        import dev.jarway.plugin.PluginFactory;
                        import java.nio.file.Files;
                        import java.nio.file.Path;
                        import java.security.KeyFactory;
                        import java.security.cert.CertificateFactory;
                        import java.security.cert.X509Certificate;
                        import java.security.spec.PKCS8EncodedKeySpec;
                        import java.util.ArrayList;
                        import java.util.Base64;
                        import java.util.List;
                        import java.util.Optional;
                        public final class Keys implements PluginFactory<Keys.Config> {
                            public record Config() {}
                            @Override public Class<Config> configType() { return Config.class; }
                            @Override public CertificatePlugin create(Config config, PluginContext context) throws Exception {
                                List<X509Certificate> chain = new ArrayList<>();
                                try (var in = Files.newInputStream(Path.of("DIRECTORY", "NAME.crt"))) {
                                    for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                                        chain.add((X509Certificate) one);
                                    }
                                }
                                String pem = Files.readString(Path.of("DIRECTORY", "NAME.key"))
                                        .replaceAll("-----[A-Z ]+-----|\\\\s", "");
                                var key = KeyFactory.getInstance(chain.get(0).getPublicKey().getAlgorithm())
                                        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
                                var certificate = new CertificatePlugin.Certificate(chain, key);
                                return name -> Optional.of(certificate);
                            }
                        }
                        """.replace("DIRECTORY", directory.toString())
                        .replace("NAME", name))
                .service("acme.Keys");
    }

    @Test
    void giveOthersFromTheirNextVersionOnAndCutNoConnection() throws Exception {
        TestAuthority.write(directory, "first", authority.issue("first.example.com"));
        TestAuthority.write(directory, "second", authority.issue("second.example.com"));
        try (GatewayFixture gateway = start(giving("1.0.0", "first").in(directory), "closed");
                KeptConnection kept = KeptConnection.over(client.open(gateway.port(), NAME))) {
            assertThat(shown(gateway)).isEqualTo("first.example.com");
            assertThat(kept.get("/a")).isEqualTo("/a");

            giving("1.1.0", "second").in(gateway.folder());

            await().atMost(PATIENCE).until(() -> shown(gateway), "second.example.com"::equals);
            assertThat(kept.get("/b")).isEqualTo("/b");
            assertThat(kept.failures()).isZero();
        }
    }

    private GatewayFixture start(Path plugin, String onFailure) throws StartException {
        return GatewayFixture.start(
                directory,
                listener(certificates("web") + ", plugins: [{ plugin: keys, onFailure: " + onFailure + " }]"),
                filters(""),
                plugin);
    }

    private String shown(GatewayFixture gateway) throws IOException {
        return client.shown(gateway.port(), NAME);
    }

    @Test
    void leaveTheChoiceToTheListenerIfTheyHaveNone() throws Exception {
        try (GatewayFixture gateway = start(plugin("return Optional.empty();"), "closed")) {
            assertThat(shown(gateway)).isEqualTo(NAME);
        }
    }

    @Test
    void failTheirHandshakesAloneIfTheyThrow() throws Exception {
        String method =
                "if (name.startsWith(\"web\")) throw new IllegalStateException(\"no\"); return Optional.empty();";
        try (GatewayFixture gateway = start(plugin(method), "closed")) {
            assertThatThrownBy(() -> shown(gateway)).isInstanceOf(IOException.class);
            assertThat(client.shown(gateway.port(), "other.example.com")).isEqualTo(NAME);
            assertThat(client.shown(gateway.port(), null)).isEqualTo(NAME);
        }
    }

    @Test
    void areLeftOutIfTheyThrowAndFailuresAreOpen() throws Exception {
        try (GatewayFixture gateway = start(plugin("throw new IllegalStateException(\"no\");"), "open")) {
            assertThat(shown(gateway)).isEqualTo(NAME);
        }
    }

    @Test
    void areCutOffIfTheyDoNotComeToAnEnd() throws Exception {
        try (GatewayFixture gateway = start(plugin("while (true) { }"), "open")) {
            assertThat(shown(gateway)).isEqualTo(NAME);
        }
    }

    @Test
    void areAnsweredForIfTheyGiveNothingAtAll() throws Exception {
        try (GatewayFixture gateway = start(plugin("return null;"), "open")) {
            assertThat(shown(gateway)).isEqualTo(NAME);
        }
    }

    @Test
    void areRefusedIfTheyAreFilters() throws Exception {
        Path filter = answering("answer", "1.0.0", "text").in(directory);
        try (GatewayFixture gateway =
                GatewayFixture.start(directory, listener(certificates("web")), filters(""), filter)) {
            HttpResponse<String> refused = gateway.configure(
                    listener(certificates("web") + ", plugins: [{ plugin: answer }, { plugin: absent }]"), filters(""));

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("/listeners/0/tls/plugins/1", "no plugin 'absent' is present");
            assertThat(gateway.configure(listener(certificates("web") + ", plugins: [{ plugin: answer }]"), filters(""))
                            .body())
                    .contains("/listeners/0/tls/plugins/0", "made no CertificatePlugin");
        }
    }
}
