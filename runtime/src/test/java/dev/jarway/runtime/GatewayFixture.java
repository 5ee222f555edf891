package dev.jarway.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A gateway on free ports over folders of its own, with a service behind it that answers with what it was sent. */
final class GatewayFixture implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOKEN = "secret";
    private static final String LISTENER = "listeners: [{ name: web, host: 127.0.0.1, port: 0 }]\n";

    private final Path directory;
    private final EchoUpstream upstream = EchoUpstream.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Gateway gateway;

    private GatewayFixture(Path directory, String listeners, String routesAndMore, Path... plugins)
            throws StartException {
        this.directory = directory;
        try {
            Files.createDirectories(directory.resolve("plugins"));
            for (Path plugin : plugins) {
                Files.copy(plugin, folder().resolve(plugin.getFileName()));
            }
            Files.writeString(configFile(), document(listeners, routesAndMore));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            this.gateway = Gateway.start(new GatewayOptions(
                    configFile(),
                    folder(),
                    directory.resolve("data"),
                    2,
                    Optional.of(TOKEN),
                    Map.of("SECRET", "from-the-environment"),
                    Clock.systemUTC(),
                    Duration.ofSeconds(30)));
        } catch (StartException e) {
            upstream.close();
            throw e;
        }
    }

    /** Starts one with this after the listener, the admin endpoint and the services {@code echo} and {@code gone}. */
    static GatewayFixture start(Path directory, String routesAndMore, Path... plugins) throws StartException {
        return new GatewayFixture(directory, LISTENER, routesAndMore, plugins);
    }

    /** Starts one with other listeners. */
    static GatewayFixture start(Path directory, String listeners, String routesAndMore, Path... plugins)
            throws StartException {
        return new GatewayFixture(directory, listeners, routesAndMore, plugins);
    }

    /** The whole document. */
    String document(String routesAndMore) {
        return document(LISTENER, routesAndMore);
    }

    private String document(String listeners, String routesAndMore) {
        return listeners
                + """
                admin: { port: 0, uploads: true }
                services:
                  - { name: echo, endpoints: [{ url: "%s" }] }
                  - { name: gone, endpoints: [{ url: "http://127.0.0.1:1" }] }
                """.formatted(upstream.url())
                + (routesAndMore.contains("marked") ? marked() : "")
                + routesAndMore;
    }

    private String marked() {
        return "  - { name: marked, endpoints: [{ url: \"" + upstream.url() + "\" }],"
                + " filters: [{ plugin: mark, name: s, config: { text: service } }] }\n";
    }

    /** One route to the service, with these filters. */
    static String filters(String filters) {
        return "routes: [{ name: all, service: echo, filters: [" + filters + "] }]\n";
    }

    Path folder() {
        return directory.resolve("plugins");
    }

    Path configFile() {
        return directory.resolve("jarway.yaml");
    }

    EchoUpstream upstream() {
        return upstream;
    }

    Gateway gateway() {
        return gateway;
    }

    int port() {
        return gateway.listeners().getFirst().port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    /** A GET that names another host than it is sent to. */
    HttpResponse<String> get(String path, String host) {
        return send(HttpRequest.newBuilder(URI.create("http://" + host + ":" + port() + path))
                .build());
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
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

    /** A request to the admin endpoint, with its token. */
    HttpRequest.Builder admin(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
                .header("authorization", "Bearer " + TOKEN);
    }

    /** Replaces the configuration through the admin endpoint. */
    HttpResponse<String> configure(String routesAndMore) {
        return configure(LISTENER, routesAndMore);
    }

    /** Replaces the configuration, listeners included. */
    HttpResponse<String> configure(String listeners, String routesAndMore) {
        return send(admin("/v1/config")
                .header("content-type", "application/yaml")
                .PUT(HttpRequest.BodyPublishers.ofString(document(listeners, routesAndMore)))
                .build());
    }

    String status() {
        return send(admin("/v1/status").build()).body();
    }

    @Override
    public void close() {
        gateway.close();
        client.close();
        upstream.close();
    }
}
