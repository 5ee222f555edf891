package dev.jarway.runtime.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** A client's wish to speak WebSocket on the connection of its request (RFC 6455 section 4.2.1). */
public final class WebSocketHandshake {

    private WebSocketHandshake() {}

    /** Whether a request is one. Any other upgrade is not offered: the request is answered as if it asked for none. */
    public static boolean isOne(HttpServerRequest request) {
        MultiMap fields = request.headers();
        return request.version() == HttpVersion.HTTP_1_1
                && request.method().equals(HttpMethod.GET)
                && names(fields.getAll(HttpHeaders.UPGRADE), "websocket")
                && names(fields.getAll(HttpHeaders.CONNECTION), "upgrade")
                && fields.contains("sec-websocket-key");
    }

    /** Writes the fields that make a message one, and that are stripped from every other. */
    public static void write(MultiMap fields) {
        fields.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        fields.set(HttpHeaders.UPGRADE, "websocket");
    }

    private static boolean names(List<String> lines, String token) {
        return lines.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .anyMatch(part -> part.strip().equalsIgnoreCase(token));
    }
}
