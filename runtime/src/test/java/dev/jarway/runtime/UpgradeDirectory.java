package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A directory for gateways that run as processes: configuration, plugins, data. A GET is answered with the number of the
 * process; a POST reaches a service that echoes, and the answer bears the number in {@code x-process}.
 */
final class UpgradeDirectory implements AutoCloseable {
    private static final String PROCESS = "String.valueOf(ProcessHandle.current().pid())";

    private final Path path;
    private final EchoUpstream upstream = EchoUpstream.start();

    private UpgradeDirectory(Path path) {
        this.path = path;
    }

    static UpgradeDirectory in(Path path) throws IOException {
        UpgradeDirectory directory = new UpgradeDirectory(path);
        Files.createDirectories(directory.plugins());
        // Says which process makes it, and is not made as long as there is a file "wait".
        FilterSource.plugin(
                        "process",
                        "1.0.0",
                        "String waitFor",
                        "var file = java.nio.file.Path.of(config.waitFor());"
                                + "java.nio.file.Files.writeString(file.resolveSibling(\"making-\" + " + PROCESS
                                + "), \"\");"
                                + "while (java.nio.file.Files.exists(file)) { Thread.sleep(20); }"
                                + "return exchange -> new Filter() {"
                                + "@Override public Action onRequestHeaders(Request request) {"
                                + " return request.method().equals(\"POST\") ? Action.proceed()"
                                + " : Action.respond(LocalResponse.of(200, " + PROCESS + ")); }"
                                + "@Override public Action onResponseHeaders(Response response) {"
                                + " response.headers().set(\"x-process\", " + PROCESS
                                + "); return Action.proceed(); } };",
                        "")
                .in(directory.plugins());
        directory.configure(0, "");
        return directory;
    }

    Path path() {
        return path;
    }

    Path plugins() {
        return path.resolve("plugins");
    }

    /** As long as it exists, a gateway that starts does not get ready. */
    Path pause() {
        return path.resolve("wait");
    }

    /** Starts a successor, which has read everything and does not get ready until {@link #pause} is deleted. */
    GatewayProcess startPausedSuccessor() throws IOException {
        Files.createFile(pause());
        GatewayProcess successor = GatewayProcess.successor(path, Map.of());
        await().atMost(PATIENCE).until(() -> Files.exists(path.resolve("making-" + successor.pid())));
        return successor;
    }

    /** Asks the admin endpoint of whoever is in charge. */
    HttpResponse<String> ask(int port, String method, String path, BodyPublisher body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String token =
                    Files.readString(this.path.resolve("data/admin-token")).strip();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("authorization", "Bearer " + token)
                    .header("content-type", path.equals("/v1/config") ? "application/yaml" : "application/java-archive")
                    .method(method, body)
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /** Writes the configuration, with more after it. */
    void configure(int port, String more) throws IOException {
        Files.writeString(path.resolve("jarway.yaml"), """
                listeners: [{ name: web, host: 127.0.0.1, port: %d }]
                admin: { port: 0 }
                services: [{ name: echo, endpoints: [{ url: "%s" }] }]
                routes: [{ name: all, service: echo, filters: [{ plugin: process, config: { waitFor: "%s" } }] }]
                """.formatted(port, upstream.url(), pause()) + more);
    }

    /** The process whose number stands in the data directory. */
    long inCharge() {
        return readInCharge().orElseThrow();
    }

    private Optional<Long> readInCharge() {
        try {
            Path file = path.resolve("data/gateway.pid");
            return Files.exists(file)
                    ? Optional.of(Long.parseLong(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a GET over a connection of its own. */
    static String get(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Ends whoever is in charge. */
    @Override
    public void close() {
        upstream.close();
        readInCharge().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
    }
}
