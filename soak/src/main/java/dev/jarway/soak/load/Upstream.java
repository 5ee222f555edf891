package dev.jarway.soak.load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The service behind the gateway: echoes, digests, sends events, and takes its time. */
public final class Upstream implements AutoCloseable {
    static final String POLLED = "polled";
    private static final long EVENT_EVERY_MILLIS = 100;

    private final Vertx vertx;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    private Upstream(Vertx vertx) {
        this.vertx = vertx;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .connectionHandler(connection -> {
                    connections.add(connection);
                    connection.closeHandler(unused -> connections.remove(connection));
                })
                .webSocketHandler(Upstream::echo)
                .requestHandler(this::answer);
    }

    /** Starts on a free port of loopback. */
    public static Upstream start(Vertx vertx) throws Exception {
        Upstream upstream = new Upstream(vertx);
        upstream.server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        return upstream;
    }

    /** Where it listens. */
    public int port() {
        return server.actualPort();
    }

    private static void echo(ServerWebSocket socket) {
        socket.textMessageHandler(socket::writeTextMessage);
    }

    private void answer(HttpServerRequest request) {
        String[] segments = String.valueOf(request.path()).split("/", -1);
        switch (segments.length > 2 ? segments[2] : "") {
            case "echo" -> request.response().end(request.path());
            case "poll" ->
                vertx.setTimer(
                        Long.parseLong(segments[3]),
                        unused -> request.response().end(POLLED));
            case "upload" -> digest(request);
            case "events" -> events(request);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static void digest(HttpServerRequest request) {
        MessageDigest digest = sha256();
        request.handler(piece -> digest.update(piece.getBytes()));
        request.endHandler(unused -> request.response().end(hex(digest)));
    }

    private void events(HttpServerRequest request) {
        String after = request.getHeader("last-event-id");
        long[] number = {after == null ? 0 : Long.parseLong(after)};
        HttpServerResponse response =
                request.response().setChunked(true).putHeader("content-type", "text/event-stream");
        long timer = vertx.setPeriodic(
                EVENT_EVERY_MILLIS,
                unused -> response.write("id: " + ++number[0] + "\ndata: " + System.nanoTime() + "\n\n"));
        response.closeHandler(unused -> vertx.cancelTimer(timer));
    }

    /** Closes the connections that gateways keep to it; there are to be no requests on them. */
    public void dropConnections() {
        for (HttpConnection connection : List.copyOf(connections)) {
            var unused = connection.close();
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        var unused = server.close();
    }
}
