package dev.jarway.conformance;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A server of Vert.x and nothing else: it stands behind the gateway, and what it fails in when it stands alone is Vert.x's own. */
final class VertxService implements AutoCloseable {
    /** Where its answer is of 1 MiB. */
    static final String LARGE = "/large";

    private static final Buffer PIECE = Buffer.buffer(new byte[1 << 14]);
    private static final int PIECES = 64;

    private final Vertx vertx;
    private final HttpServer server;

    private VertxService(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    static VertxService start() throws Exception {
        Vertx vertx = Vertx.vertx();
        return new VertxService(
                vertx,
                await(vertx.createHttpServer()
                        .requestHandler(VertxService::serve)
                        .listen(0, "127.0.0.1")));
    }

    private static void serve(HttpServerRequest request) {
        if (LARGE.equals(request.path())) {
            request.response().putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(PIECES * PIECE.length()));
            write(request.response(), PIECES);
            return;
        }
        var unused = request.body()
                .compose(body -> request.response().end("an answer of which a client may want a few bytes first"));
    }

    /** As fast as it is taken: at once it would lie in this process's memory, and whoever else is served here would wait. */
    private static void write(HttpServerResponse response, int pieces) {
        int left = pieces;
        while (left > 0 && !response.writeQueueFull()) {
            var unused = response.write(PIECE);
            left--;
        }
        if (left == 0) {
            response.drainHandler(null);
            var unused = response.end();
        } else {
            int rest = left;
            response.drainHandler(drained -> write(response, rest));
        }
    }

    int port() {
        return server.actualPort();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get();
    }

    @Override
    public void close() {
        var unused = vertx.close();
    }
}
