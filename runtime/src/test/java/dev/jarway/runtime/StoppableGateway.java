package dev.jarway.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A gateway that is stopped and started again over the same files. Its one route answers with a text of its configuration. */
final class StoppableGateway implements AutoCloseable {
    static final String TOKEN = "secret";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Gateway gateway;

    private StoppableGateway(Path directory) {
        this.directory = directory;
    }

    /** Not running yet, over an empty drop folder but for the plugin that answers, with a configuration of this text. */
    static StoppableGateway over(Path directory, String text) throws IOException {
        StoppableGateway gateway = new StoppableGateway(directory);
        Files.createDirectories(gateway.folder());
        answering("1.0.0").in(gateway.folder());
        Files.writeString(gateway.config(), document(text));
        return gateway;
    }

    /** A configuration whose route answers with this text, after the version of the plugin that does so. */
    static String document(String text) {
        return """
                listeners: [{ name: web, host: 127.0.0.1, port: 0 }]
                admin: { port: 0, uploads: true }
                history: { retain: 10000 }
                services: [{ name: gone, endpoints: [{ url: "http://127.0.0.1:1" }] }]
                routes: [{ name: all, service: gone, filters: [{ plugin: probe, config: { text: "%s" } }] }]
                """.formatted(text);
    }

    /** The plugin that answers. */
    static PluginJar answering(String version) {
        return FilterSource.plugin(
                "probe",
                version,
                "String text",
                "return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                        + " return Action.respond(LocalResponse.of(200, \"" + version + " \" + config.text())); } };",
                "");
    }

    StoppableGateway start() throws StartException {
        gateway = Gateway.start(new GatewayOptions(
                config(),
                folder(),
                data(),
                2,
                Optional.of(TOKEN),
                Map.of(),
                Clock.systemUTC(),
                Duration.ofSeconds(30)));
        return this;
    }

    void stop() {
        running().close();
        gateway = null;
    }

    StoppableGateway restart() throws StartException {
        stop();
        return start();
    }

    Path config() {
        return directory.resolve("jarway.yaml");
    }

    Path folder() {
        return directory.resolve("plugins");
    }

    Path data() {
        return directory.resolve("data");
    }

    Path history() {
        return data().resolve("history");
    }

    Gateway running() {
        if (gateway == null) {
            throw new IllegalStateException("gateway: stopped (expected: running)");
        }
        return gateway;
    }

    /** What the route answers. */
    String answer() {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                + running().listeners().getFirst().port() + "/"))
                        .build())
                .body();
    }

    HttpRequest.Builder admin(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running().adminPort() + path))
                .header("authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> put(String document, String... headers) {
        HttpRequest.Builder request = admin("/v1/config").header("content-type", "application/yaml");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.PUT(BodyPublishers.ofString(document)).build());
    }

    HttpResponse<String> post(String path, String... headers) {
        HttpRequest.Builder request = admin(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.POST(BodyPublishers.noBody()).build());
    }

    HttpResponse<String> upload(Path jar) throws IOException {
        return send(admin("/v1/plugins?reason=uploaded")
                .header("content-type", "application/java-archive")
                .POST(BodyPublishers.ofFile(jar))
                .build());
    }

    JsonNode get(String path) {
        return json(send(admin(path).build()));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces a file as a careful editor does, by a name that is not looked at. */
    static void move(byte[] content, Path file) throws IOException {
        Path hidden = Files.write(file.resolveSibling("." + file.getFileName() + ".new"), content);
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
        client.close();
    }
}
