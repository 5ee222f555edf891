package dev.jarway.runtime.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A client's wish to speak WebSocket on the connection of its request (RFC 6455 section 4.2.1). */
public final class WebSocketHandshake {
    private static final CharSequence KEY = HttpHeaders.createOptimized("sec-websocket-key");
    private static final CharSequence ACCEPT = HttpHeaders.createOptimized("sec-websocket-accept");

    /** By which a server shows that it has understood what it was asked (RFC 6455 section 1.3). */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketHandshake() {}

    /** Whether a request is one. Any other upgrade is not offered: the request is answered as if it asked for none. */
    public static boolean isOne(HttpServerRequest request) {
        MultiMap fields = request.headers();
        return request.version() == HttpVersion.HTTP_1_1
                && request.method().equals(HttpMethod.GET)
                && ConnectionFields.name(fields.getAll(HttpHeaders.UPGRADE), "websocket")
                && ConnectionFields.name(fields.getAll(HttpHeaders.CONNECTION), "upgrade")
                && fields.contains(KEY);
    }

    /**
     * Whether a response with status 101 is the answer to such a request: else its sender does not speak WebSocket, and what
     * follows would be anything (RFC 6455 section 4.1).
     */
    public static boolean isAnswered(MultiMap request, MultiMap response) {
        return ConnectionFields.name(response.getAll(HttpHeaders.UPGRADE), "websocket")
                && ConnectionFields.name(response.getAll(HttpHeaders.CONNECTION), "upgrade")
                && accept(String.valueOf(request.get(KEY))).equals(response.get(ACCEPT));
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the fields that make a message one, and that are stripped from every other. */
    public static void write(MultiMap fields) {
        fields.set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        fields.set(HttpHeaders.UPGRADE, "websocket");
    }
}
