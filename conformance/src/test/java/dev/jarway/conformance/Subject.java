package dev.jarway.conformance;

import dev.jarway.runtime.Gateway;
import dev.jarway.runtime.GatewayOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The gateway that is looked at, in this process. */
final class Subject implements AutoCloseable {
    private final Gateway gateway;

    private Subject(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Starts one with all defaults, that speaks HTTP/1.1 and HTTP/2 without TLS and whose service is on that port. */
    static Subject inFrontOf(int service, Path directory) throws Exception {
        return start(directory, """
                listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]
                admin: { port: 0 }
                services: [{ name: echo, endpoints: [{ url: "http://127.0.0.1:%d" }] }]
                routes: [{ name: all, service: echo }]
                """.formatted(service));
    }

    /** Starts one with that configuration. Its drop folder is {@code plugins} in the directory. */
    static Subject start(Path directory, String document) throws Exception {
        return new Subject(Gateway.start(new GatewayOptions(
                Files.writeString(directory.resolve("jarway.yaml"), document),
                Files.createDirectories(directory.resolve("plugins")),
                directory.resolve("data"),
                2,
                Optional.empty(),
                Map.of(),
                Clock.systemUTC(),
                Duration.ofSeconds(30))));
    }

    /** Of its first listener. */
    int port() {
        return gateway.listeners().getFirst().port();
    }

    /** Of the listener of that name. */
    int port(String listener) {
        return gateway.listeners().stream()
                .filter(known -> known.config().name().equals(listener))
                .findFirst()
                .orElseThrow()
                .port();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
