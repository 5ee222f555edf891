package dev.jarway.runtime.cli;

import dev.jarway.runtime.Gateway;
import dev.jarway.runtime.GatewayOptions;
import dev.jarway.runtime.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * {@code jarway rehearse}: starts a gateway of no consequence, has it serve for a moment, and stops it, so that the JVM can note what
 * it has loaded and what was called often. The launcher runs it after a build, and starts from these notes from then on (JEP 514,
 * JEP 515).
 */
final class RehearseCommand implements Command {
    /** Enough for what a request calls to be seen to be called often. */
    private static final int REQUESTS = 1500;

    @Override
    public String name() {
        return "rehearse";
    }

    @Override
    public String usage() {
        return "Usage: jarway rehearse\nStarts a gateway, has it serve for a moment, and stops it.";
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException, InterruptedException, StartException {
        Path directory = Files.createTempDirectory("jarway-rehearsal");
        try (EchoService echo = EchoService.start(0)) {
            Path config = Files.writeString(directory.resolve("jarway.yaml"), """
                    listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]
                    admin: { port: 0 }
                    services: [{ name: echo, endpoints: [{ url: "http://127.0.0.1:%d" }] }]
                    routes: [{ name: all, service: echo }]
                    """.formatted(echo.port()));
            GatewayOptions options = GatewayOptions.of(
                    config, Files.createDirectory(directory.resolve("plugins")), directory.resolve("data"));
            try (Gateway gateway = Gateway.start(options);
                    HttpClient client = HttpClient.newHttpClient()) {
                URI uri = URI.create(
                        "http://127.0.0.1:" + gateway.listeners().getFirst().port() + "/rehearsal");
                ask(client, uri, HttpClient.Version.HTTP_1_1);
                ask(client, uri, HttpClient.Version.HTTP_2);
            }
        } finally {
            remove(directory);
        }
        return 0;
    }

    private static void ask(HttpClient client, URI uri, HttpClient.Version version)
            throws IOException, InterruptedException {
        for (int i = 0; i < REQUESTS; i++) {
            HttpRequest request = HttpRequest.newBuilder(uri).version(version).build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException(uri + ": " + status);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
