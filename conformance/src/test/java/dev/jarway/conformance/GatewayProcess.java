package dev.jarway.conformance;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A gateway in front of two services, in a JVM of its own with the launcher's options and 256 MiB of heap, so that its memory and
 * its processor time are nobody else's. It has a listener without TLS for HTTP/1.1 and HTTP/2, and one with.
 */
final class GatewayProcess implements AutoCloseable {
    private static final List<String> LAUNCHER_OPTIONS = Runtime.version().feature() < 25
            ? List.of(file("jvm.options"))
            : List.of(file("jvm.options"), file("jvm-25.options"));
    private static final Map<String, String> LAUNCHER_ENVIRONMENT = Map.of("MALLOC_TRIM_THRESHOLD_", "16777216");

    private final JvmProcess process;
    private final X509Bundle certificate;
    private final int port;
    private final int securePort;

    private GatewayProcess(JvmProcess process, X509Bundle certificate) throws IOException, InterruptedException {
        this.process = process;
        this.certificate = certificate;
        this.port = portOf("web");
        this.securePort = portOf("secure");
    }

    /**
     * Starts one.
     *
     * @param flooded port of the service whose requests are those of whoever is rude
     * @param service port of the one that everybody else asks for, at {@link OtherClient#PATH}
     * @param limits of its listeners, as in the configuration; empty for the defaults
     */
    static GatewayProcess inFrontOf(int flooded, int service, Path directory, String limits) throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(directory.resolve("web.crt"), certificate.getCertificatePathPEM());
        Files.writeString(directory.resolve("web.key"), certificate.getPrivateKeyPEM());
        Path config = Files.writeString(
                directory.resolve("jarway.yaml"), """
                listeners:
                  - { name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c], limits: { %1$s } }
                  - { name: secure, host: 127.0.0.1, port: 0, limits: { %1$s }, tls: { certificates: [{ cert: web.crt, key: web.key }] } }
                admin: { port: 0 }
                services:
                  - { name: flooded, endpoints: [{ url: "http://127.0.0.1:%2$d" }] }
                  - { name: other, endpoints: [{ url: "http://127.0.0.1:%3$d" }] }
                routes:
                  - { name: other, match: { path: %4$s }, service: other }
                  - { name: flooded, service: flooded }
                """.formatted(limits, flooded, service, OtherClient.PATH));
        List<String> arguments = new ArrayList<>(LAUNCHER_OPTIONS);
        arguments.addAll(List.of("-Xmx256m", "dev.jarway.runtime.cli.Main", "run", "--config", config.toString()));
        arguments.addAll(List.of(
                "--plugins",
                Files.createDirectories(directory.resolve("plugins")).toString()));
        arguments.addAll(List.of("--data", directory.resolve("data").toString()));
        JvmProcess process = JvmProcess.start(arguments, LAUNCHER_ENVIRONMENT, directory.resolve("gateway.log"));
        try {
            return new GatewayProcess(process, certificate);
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private int portOf(String listener) throws IOException, InterruptedException {
        return Integer.parseInt(process.await(Pattern.compile("(?m)^  " + listener + " +https?://[^:]+:([0-9]+)")));
    }

    /** Of the listener without TLS. */
    int port() {
        return port;
    }

    /** What can be flooded: the listener with TLS or the one without. */
    FloodTarget target(boolean secure) {
        return secure
                ? new FloodTarget(process.pid(), securePort, certificate)
                : new FloodTarget(process.pid(), port, null);
    }

    @Override
    public void close() {
        process.close();
    }

    private static String file(String options) {
        return "@" + Path.of("..", options).toAbsolutePath();
    }
}
