package dev.jarway.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service whose answers do not end by themselves: events at {@code /events} (one alone, and the end, at
 * {@code /one-event}), one that begins and stays so at {@code /half}, one that never begins at {@code /hang}, one that
 * begins when told at {@code /later}, and WebSocket at {@code /echo}.
 */
final class LiveUpstream implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Queue<HttpServerRequest> halves = new ConcurrentLinkedQueue<>();
    private final Queue<HttpServerRequest> late = new ConcurrentLinkedQueue<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    LiveUpstream() {
        server = vertx.createHttpServer().requestHandler(this::answer);
        server.connectionHandler(opened -> connections.incrementAndGet());
        server.webSocketHandler(socket -> {
            open.incrementAndGet();
            socket.textMessageHandler(socket::writeTextMessage).closeHandler(closed -> open.decrementAndGet());
        });
        server.webSocketHandshakeHandler(handshake -> {
            if (handshake.path().equals("/echo")) {
                handshake.accept();
            } else {
                handshake.reject(403);
            }
        });
        server.listen(0, "127.0.0.1").await();
    }

    /** The entry of this service in a configuration's list. */
    String entry() {
        return "  - { name: live, endpoints: [{ url: \"http://127.0.0.1:" + server.actualPort() + "\" }] }\n";
    }

    /** How many WebSockets are open to it. */
    int open() {
        return open.get();
    }

    /** Breaks off the answers that stay half. */
    void breakOff() {
        halves.forEach(half -> half.connection().close());
    }

    /** Answers what waits for that. */
    void answerLate() {
        late.forEach(request -> request.response().end("late"));
    }

    /** Where it listens. */
    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** How many connections have been opened to it. */
    int connections() {
        return connections.get();
    }

    /** How many requests have arrived that are no WebSockets. */
    int arrived() {
        return arrived.get();
    }

    private void answer(HttpServerRequest request) {
        arrived.incrementAndGet();
        HttpServerResponse response = request.response();
        switch (request.uri()) {
            case "/events" -> {
                response.putHeader("content-type", "text/event-stream").setChunked(true);
                AtomicInteger count = new AtomicInteger();
                long timer = vertx.setPeriodic(10, tick -> response.write("data: " + count.incrementAndGet() + "\n\n"));
                response.closeHandler(closed -> vertx.cancelTimer(timer));
            }
            case "/one-event" -> {
                response.putHeader("content-type", "text/event-stream").setChunked(true);
                response.end("data: 1\n\n");
            }
            case "/half" -> {
                response.setChunked(true).write("half");
                halves.add(request);
            }
            case "/hang" -> {}
            case "/later" -> late.add(request);
            default -> response.setStatusCode(404).end();
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
