package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.ConnectionFields;
import dev.jarway.runtime.exchange.WebSocketHandshake;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * What a request asks of its connection, besides its answer.
 *
 * @param goAhead to be told that its body may come (RFC 9110 section 10.1.1)
 * @param webSocket to speak WebSocket from there on
 * @param close that it ends with the answer (RFC 9112 section 9.6)
 */
record Wishes(boolean goAhead, boolean webSocket, boolean close) {

    /** Those that stand in the fields as they have come. */
    static Wishes of(HttpServerRequest received, boolean hasBody) {
        // In HTTP/1.0 nobody waits for it.
        boolean goAhead =
                received.version() != HttpVersion.HTTP_1_0 && received.headers().contains(HttpHeaders.EXPECT);
        boolean webSocket = !hasBody && WebSocketHandshake.isOne(received);
        return new Wishes(goAhead, webSocket, !webSocket && ConnectionFields.sayClose(received.headers()));
    }
}
