package dev.jarway.runtime.proxy;

import dev.jarway.runtime.admission.ReceivedTrailers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;

/**
 * The rest of a request's body after its response has been sent. A little of it is read and thrown away, so that the
 * connection can be used again, or that at least the client reads its response before it sees the connection closed.
 */
final class UnwantedBody {
    private static final long MOST_BYTES = 1024 * 1024;
    private static final Duration MOST_TIME = Duration.ofSeconds(5);

    private UnwantedBody() {}

    /** Reads it. The connection is closed then, if it is not to be used again anyway. */
    static void drain(HttpServerRequest request, Vertx vertx, boolean close) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(StreamError.NONE.code(request)); // The other streams go on (RFC 9113 section 8.1).
            return;
        }
        if (request.version() == HttpVersion.HTTP_3) {
            // Likewise (RFC 9114 section 4.1). Netty does not hear of the end of what it does not read, and would keep
            // the stream.
            request.response().cancel().onComplete(told -> ReceivedTrailers.giveUp(request));
            return;
        }
        long timer = vertx.setTimer(
                MOST_TIME.toMillis(), fired -> request.connection().close());
        long limit = request.bytesRead() + MOST_BYTES;
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            if (close) {
                request.connection().close();
            }
        });
        request.handler(piece -> {
            if (request.bytesRead() > limit) {
                vertx.cancelTimer(timer);
                request.connection().close();
            }
        });
        request.resume();
    }
}
