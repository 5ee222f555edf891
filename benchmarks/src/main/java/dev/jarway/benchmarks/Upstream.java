package dev.jarway.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The service behind the proxies: a program that answers with 1 KB, with 1 MB, with nothing once it has read a body, or with the
 * header fields that have reached it.
 */
final class Upstream {
    static final String SMALL = "/1k";
    static final String LARGE = "/1m";
    static final String SINK = "/sink";
    static final String FIELDS = "/fields";
    private static final Buffer KILOBYTE = Buffer.buffer("x".repeat(1024));
    private static final Buffer MEGABYTE = Buffer.buffer("x".repeat(1 << 20));

    private Upstream() {}

    /** Listens on the port given, until it is ended. */
    public static void main(String[] arguments) {
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(Integer.parseInt(arguments[0]))
                .setAcceptBacklog(4096);
        vertx.createHttpServer(options)
                .requestHandler(Upstream::answer)
                .listen()
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    private static void answer(HttpServerRequest request) {
        request.response().putHeader("x-node", "one").putHeader("x-powered-by", "service");
        switch (String.valueOf(request.path())) {
            case SMALL -> request.response().end(KILOBYTE);
            case LARGE -> request.response().end(MEGABYTE);
            case SINK -> request.endHandler(end -> request.response().end());
            case FIELDS -> request.response().end(fields(request));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static String fields(HttpServerRequest request) {
        return request.headers().entries().stream()
                .map(field -> field.getKey().toLowerCase(Locale.ROOT) + ": " + field.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
