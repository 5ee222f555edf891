package dev.jarway.runtime.cli;

import dev.jarway.runtime.Gateway;
import dev.jarway.runtime.GatewayOptions;
import dev.jarway.runtime.StartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * {@code jarway rehearse}: starts a gateway of no consequence, has it serve for a moment, and stops it, so that the JVM can note what
 * it has loaded and what was called often. The launcher runs it after a build, and starts from these notes from then on (JEP 514,
 * JEP 515). Client and service are of Vert.x too: whatever else they were, it would be loaded at each start.
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
        Vertx others = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        try {
            int service = await(others.createHttpServer()
                            .requestHandler(request -> request.response().end("here"))
                            .listen(0, "127.0.0.1"))
                    .actualPort();
            Path config = Files.writeString(directory.resolve("jarway.yaml"), """
                    listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]
                    admin: { port: 0 }
                    services: [{ name: here, endpoints: [{ url: "http://127.0.0.1:%d" }] }]
                    routes: [{ name: all, service: here }]
                    """.formatted(service));
            GatewayOptions options = GatewayOptions.of(
                    config, Files.createDirectory(directory.resolve("plugins")), directory.resolve("data"));
            try (Gateway gateway = Gateway.start(options)) {
                int port = gateway.listeners().getFirst().port();
                ask(others, port, HttpVersion.HTTP_1_1);
                ask(others, port, HttpVersion.HTTP_2);
            }
        } finally {
            await(others.close());
            remove(directory);
        }
        return 0;
    }

    private static void ask(Vertx others, int port, HttpVersion version) {
        HttpClient client = others.createHttpClient(
                new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
        for (int i = 0; i < REQUESTS; i++) {
            HttpClientResponse response = await(client.request(HttpMethod.GET, port, "127.0.0.1", "/rehearsal")
                    .compose(HttpClientRequest::send)
                    .compose(answer -> answer.end().map(answer)));
            if (response.statusCode() != 200) {
                throw new IllegalStateException("a rehearsed request over " + version + ": " + response.statusCode());
            }
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
