package dev.jarway.runtime.listener;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a listener parts from its connections: each ends with the next answer on it, which says so. A connection that is closed
 * while it is idle may be just then in use again at its other end. Begun from any thread.
 */
final class Farewell {
    /** What follows such an answer goes on until the drain deadline, and its head has to say "upgrade". */
    private static final int SWITCHING_PROTOCOLS = 101;

    /** For what is under way on a connection that has had its last request: as long as it takes, whatever Vert.x wants to know. */
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(30);

    private static final Logger log = LoggerFactory.getLogger(Farewell.class);

    private volatile @Nullable Duration deadline;

    /** From now on, answers are the last on their connections. */
    void begin(Duration longest) {
        deadline = longest;
    }

    /**
     * Sees to the answer to a request, which may be the last of its connection anyway, as its head is being written. On the
     * request's event loop.
     *
     * @return whether it is the last
     */
    boolean say(HttpServerRequest request, boolean last) {
        Duration longest = last && deadline == null ? AS_LONG_AS_IT_TAKES : deadline;
        if (longest == null || request.response().getStatusCode() == SWITCHING_PROTOCOLS) {
            return false;
        }
        if (request.version().compareTo(HttpVersion.HTTP_2) < 0) {
            request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        shutdown(request, longest);
        return true;
    }

    /** A connection of HTTP/3 does not take being told twice. */
    private static void shutdown(HttpServerRequest request, Duration longest) {
        try {
            request.connection().shutdown(longest);
        } catch (IllegalStateException e) {
            log.trace("{} ends already", request.connection().remoteAddress(), e);
        }
    }
}
