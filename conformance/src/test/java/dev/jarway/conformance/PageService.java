package dev.jarway.conformance;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A service with two pages for a browser, what they open, and a place for what they find. The one opens a WebSocket that echoes, a
 * stream of events that ends after the third, and a response whose pieces come when it asks for them; the other keeps a
 * WebSocket and a stream of events for as long as it is there.
 */
final class PageService implements AutoCloseable {
    private static final long PATIENCE = 60;
    private static final int LARGEST_MESSAGE = 4 << 20;
    private static final List<String> PIECES = List.of("one", "two", "three");

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, MultiMap> seen = new ConcurrentHashMap<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> findings = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<ServerWebSocket> keptSocket = new CompletableFuture<>();
    private final CompletableFuture<HttpServerResponse> keptEvents = new CompletableFuture<>();

    private @Nullable HttpServerResponse inPieces;
    private int pieces;

    private PageService() {
        HttpServerOptions options = new HttpServerOptions()
                .setWebSocketSubProtocols(List.of("talk"))
                .setMaxWebSocketMessageSize(LARGEST_MESSAGE);
        server = vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .webSocketHandler(this::talk)
                .listen(0, "127.0.0.1")
                .await();
    }

    static PageService start() {
        return new PageService();
    }

    int port() {
        return server.actualPort();
    }

    /** The fields of the last request for that path. */
    MultiMap seen(String path) {
        return seen.getOrDefault(path, MultiMap.caseInsensitiveMultiMap());
    }

    /** With which code and reason the next WebSocket has been closed. */
    String closed() throws InterruptedException {
        return String.valueOf(closed.poll(PATIENCE, TimeUnit.SECONDS));
    }

    /** What a page has found. */
    JsonObject findings() throws InterruptedException {
        JsonObject found = findings.poll(PATIENCE, TimeUnit.SECONDS);
        return found == null ? new JsonObject().put("error", "the page has told nothing") : found;
    }

    /** Says something to the page that stays, by its WebSocket. */
    void sayBySocket(String text) throws Exception {
        keptSocket.get(PATIENCE, TimeUnit.SECONDS).writeTextMessage(text).await();
    }

    /** Says something to the page that stays, as an event. */
    void sayByEvent(String text) throws Exception {
        keptEvents
                .get(PATIENCE, TimeUnit.SECONDS)
                .write("data: " + text + "\n\n")
                .await();
    }

    /** The next that the page that stays says. */
    String answered() throws InterruptedException {
        return String.valueOf(answers.poll(PATIENCE, TimeUnit.SECONDS));
    }

    private void answer(HttpServerRequest request) {
        seen.put(request.path(), request.headers());
        HttpServerResponse response = request.response();
        switch (String.valueOf(request.path())) {
            case "/page" -> page(response, "page.html");
            case "/kept" -> page(response, "kept.html");
            case "/hello" -> response.end("hello\n");
            case "/events" -> events(request);
            case "/kept-events" -> {
                stream(response);
                keptEvents.complete(response);
            }
            case "/pieces" -> {
                inPieces = response.setChunked(true);
                nextPiece();
            }
            case "/pieces/next" -> {
                nextPiece();
                response.end();
            }
            case "/findings" -> {
                var unused = request.body().compose(body -> {
                    findings.add(body.toJsonObject());
                    return response.end();
                });
            }
            default -> response.setStatusCode(404).end();
        }
    }

    private static void page(HttpServerResponse response, String name) {
        try (InputStream page = PageService.class.getResourceAsStream("/chromium/" + name)) {
            response.putHeader("content-type", "text/html; charset=utf-8")
                    .end(new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Three events and the end; whoever comes again is told what it has said about the last. */
    private static void events(HttpServerRequest request) {
        HttpServerResponse response = stream(request.response());
        String last = request.getHeader("last-event-id");
        if (last == null) {
            response.write("retry: 100\n\n");
            for (int i = 1; i < 3; i++) {
                response.write("id: " + i + "\nevent: tick\ndata: " + i + "\n\n");
            }
            response.end("id: 3\nevent: tick\ndata: 3\n\n");
        } else {
            response.write("id: 4\nevent: tick\ndata: after " + last + "\n\n");
        }
    }

    private static HttpServerResponse stream(HttpServerResponse response) {
        response.putHeader("content-type", "text/event-stream").setChunked(true).writeHead();
        return response;
    }

    private void nextPiece() {
        if (inPieces == null) {
            return;
        }
        if (pieces == PIECES.size()) {
            inPieces.end();
            inPieces = null;
        } else {
            inPieces.write(PIECES.get(pieces++));
        }
    }

    private void talk(ServerWebSocket socket) {
        seen.put(socket.path(), socket.headers());
        if (socket.path().equals("/kept-socket")) {
            socket.textMessageHandler(answers::add);
            keptSocket.complete(socket);
            return;
        }
        socket.binaryMessageHandler(socket::writeBinaryMessage);
        socket.textMessageHandler(text -> {
            if (text.equals("close")) {
                socket.close((short) 4001, "by the service");
            } else {
                socket.writeTextMessage(text);
            }
        });
        socket.closeHandler(over -> closed.add(socket.closeStatusCode() + " " + socket.closeReason()));
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
