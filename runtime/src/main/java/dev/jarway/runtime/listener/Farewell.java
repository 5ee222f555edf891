package dev.jarway.runtime.listener;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a listener parts from its connections: each ends with the next answer on it, which says so. A connection that is closed
 * while it is idle may be just then in use again at its other end. Begun from any thread.
 */
final class Farewell {
    /** What follows such an answer goes on until the drain deadline, and its head has to say "upgrade". */
    private static final int SWITCHING_PROTOCOLS = 101;

    private volatile @Nullable Duration deadline;

    /** From now on, answers are the last on their connections. */
    void begin(Duration longest) {
        deadline = longest;
    }

    /** Sees to the answer to a request, as its head is written. On the request's event loop. */
    void attend(HttpServerRequest request) {
        request.response().headersEndHandler(ending -> {
            Duration longest = deadline;
            if (longest != null && request.response().getStatusCode() != SWITCHING_PROTOCOLS) {
                if (request.version().compareTo(HttpVersion.HTTP_2) < 0) {
                    request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                }
                request.connection().shutdown(longest);
            }
        });
    }
}
