package dev.jarway.conformance;

import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import dev.jarway.runtime.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * A gateway as clients come to it: plain, over TLS, and over TLS with certificates of their own. A plugin puts its version and what
 * the client speaks into each request ({@code x-stamp}, {@code x-came-over}), and its version into each response.
 */
final class Site implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FIRST = "1.0.0";

    private final Path directory;
    private final X509Bundle certificate;
    private final Subject gateway;
    private final HttpClient client = HttpClient.newHttpClient();

    private Site(Path directory, X509Bundle certificate, Subject gateway) {
        this.directory = directory;
        this.certificate = certificate;
        this.gateway = gateway;
    }

    /** Opens one with the service on that port behind it, which has to answer {@code GET /hello}. */
    static Site inFrontOf(int service, Path directory) throws Exception {
        TestAuthority authority = TestAuthority.create();
        TestAuthority clients = TestAuthority.named("An authority of clients");
        X509Bundle certificate = authority.issue("localhost");
        TestAuthority.write(directory, "site", certificate);
        TestAuthority.write(directory, "alice", clients.issue("alice"));
        TestAuthority.replace(
                directory.resolve("authority.pem"), authority.root().getRootCertificatePEM());
        TestAuthority.replace(directory.resolve("clients.pem"), clients.root().getRootCertificatePEM());
        stamp(FIRST).at(Files.createDirectories(directory.resolve("plugins")).resolve("stamp.jar"));
        Subject gateway = Subject.start(directory, """
                listeners:
                  - { name: plain, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }
                  - name: secure
                    host: 127.0.0.1
                    port: 0
                    tls: { certificates: [{ cert: site.crt, key: site.key }] }
                  - name: mutual
                    host: 127.0.0.1
                    port: 0
                    tls:
                      certificates: [{ cert: site.crt, key: site.key }]
                      clientAuth: required
                      trust: clients.pem
                      forwardClientCert: true
                admin: { port: 0 }
                drain: { deadline: 10m }
                services:
                  - name: all
                    endpoints: [{ url: "http://127.0.0.1:%d" }]
                    timeouts: { connect: 20s }
                    limits: { connections: 200, pendingRequests: 4000, pendingFor: 60s }
                routes: [{ name: all, service: all, filters: [{ plugin: stamp }] }]
                """.formatted(service));
        return new Site(directory, certificate, gateway);
    }

    private static PluginJar stamp(String version) {
        return PluginJar.of("stamp", version)
                .factory(PluginSource.of("acme.Stamp").creating("""
                return exchange -> new Filter() {
                    @Override public Action onRequestHeaders(Request request) {
                        request.headers().set("x-stamp", "VERSION");
                        request.headers().set("x-came-over", exchange.protocol().toString());
                        return Action.proceed();
                    }
                    @Override public Action onResponseHeaders(Response response) {
                        response.headers().set("x-stamp", "VERSION");
                        return Action.proceed();
                    }
                };
                """.replace("VERSION", version)));
    }

    /** Puts that version of the plugin in place of the one before, and returns once requests meet it. */
    void stampWith(String version) throws IOException {
        Path folder = directory.resolve("plugins");
        Files.move(
                stamp(version).at(folder.resolve(".next")),
                folder.resolve("stamp.jar"),
                StandardCopyOption.ATOMIC_MOVE);
        await().atMost(PATIENCE).until(() -> stampNow().equals(version));
    }

    private String stampNow() throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(plain() + "/hello")).build(),
                        HttpResponse.BodyHandlers.discarding())
                .headers()
                .firstValue("x-stamp")
                .orElse("");
    }

    /** Where HTTP/1.1 and HTTP/2 are spoken without TLS. */
    String plain() {
        return "http://127.0.0.1:" + gateway.port("plain");
    }

    /** Where they are spoken over TLS. */
    String secure() {
        return "https://127.0.0.1:" + gateway.port("secure");
    }

    /** Where clients have to show a certificate. */
    String mutual() {
        return "https://127.0.0.1:" + gateway.port("mutual");
    }

    /** What the gateway shows over TLS. */
    X509Bundle certificate() {
        return certificate;
    }

    /**
     * Beside others: {@code authority.pem} that has issued its certificate, {@code alice.crt} and {@code alice.key} for a client.
     */
    String file(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public void close() {
        gateway.close();
        client.close();
    }
}
