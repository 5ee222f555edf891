package dev.jarway.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An endpoint that does with each request, once that has come whole, what it was told for it; otherwise it answers. */
final class FlakyUpstream implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Queue<Deed> script = new ConcurrentLinkedQueue<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    /** What becomes of a request. */
    enum Deed {
        /** It is answered with its body, or with {@code ok} if it has none. */
        ANSWER,
        /** The connection is closed. */
        CUT,
        /** The connection is closed in the middle of the answer. */
        CUT_HALFWAY,
        /** It is answered with 503. */
        REFUSE,
        /** Nothing. */
        HANG,
        /** It is answered, a piece every tenth of a second, for ten seconds. */
        DRIP,
        /** It is answered with ten events, one every tenth of a second. */
        EVENTS
    }

    /** A request as it arrived. */
    record Seen(String method, String target, String body) {}

    FlakyUpstream() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
                .listen(0, "127.0.0.1")
                .await();
    }

    private void take(HttpServerRequest request, Buffer body) {
        seen.add(new Seen(request.method().name(), request.uri(), body.toString()));
        Deed deed = script.poll();
        switch (deed == null ? Deed.ANSWER : deed) {
            case ANSWER -> request.response().end(body.length() == 0 ? Buffer.buffer("ok") : body);
            case CUT -> request.connection().close();
            case CUT_HALFWAY -> {
                request.response().putHeader("content-length", "1000").write("half");
                vertx.setTimer(50, later -> request.connection().close());
            }
            case REFUSE -> request.response().setStatusCode(503).end("no");
            case HANG -> {}
            case DRIP -> pieces(request.response().setChunked(true), 100);
            case EVENTS ->
                pieces(request.response().setChunked(true).putHeader("content-type", "text/event-stream"), 10);
        }
    }

    private void pieces(HttpServerResponse response, int left) {
        if (left == 0) {
            response.end();
        } else if (!response.closed()) {
            response.write("data: " + left + "\n\n");
            vertx.setTimer(100, later -> pieces(response, left - 1));
        }
    }

    /** Does this with the next requests. */
    void next(Deed... deeds) {
        script.addAll(List.of(deeds));
    }

    /** What has come, oldest first. */
    List<Seen> seen() {
        return List.copyOf(seen);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** As an element of {@code endpoints}. */
    String entry() {
        return "{ url: \"" + url() + "\" }";
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
