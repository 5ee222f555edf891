package dev.jarway.runtime.upstream;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a request to an endpoint: its head, the pieces of its body, its end. What is written is as long as the
 * head says, or is broken off: the endpoint would take what is too much for the next request on that connection, and that
 * for what is missing. Belongs to one event loop.
 */
final class RequestWriter {
    private static final long UNANNOUNCED = -1;

    private final HttpClientRequest request;
    private final long announced;
    private long bytes;

    /** What becomes of the last that has been given to Vert.x. */
    private Future<Void> written = Future.succeededFuture();

    private boolean headSent;
    private boolean stopped;

    /**
     * For a request of which nothing has been sent.
     *
     * @param contentLength what the head says of the body's length; null if nothing
     */
    RequestWriter(HttpClientRequest request, @Nullable String contentLength) {
        this.request = request;
        this.announced = contentLength == null ? UNANNOUNCED : Long.parseLong(contentLength);
    }

    /**
     * Counts a piece, which is to be written only then. The client's own body is as long as it has said, or it would have been
     * refused; so it is a filter that has changed it.
     *
     * @throws GatewayFailure if the body is not as long as its head says
     */
    void count(Buffer piece, boolean last) {
        bytes += piece.length();
        if (announced != UNANNOUNCED && (bytes > announced || (last && bytes < announced))) {
            throw GatewayFailure.of(
                    FailureCode.PLUGIN_FAILED,
                    bytes + " bytes of the request's body after its filters (announced: " + announced + ")");
        }
    }

    /** Sends the head now, if it has not been sent; otherwise it goes with the first piece, or with the end. */
    void head() {
        if (!headSent) {
            headSent = true;
            written = request.writeHead(); // What becomes of it shows in the response.
        }
    }

    /** Writes a piece, and says whether the endpoint takes more at once. */
    boolean write(Buffer piece) {
        if (piece.length() > 0) {
            headSent = true;
            written = request.write(piece);
        }
        return !request.writeQueueFull();
    }

    /** Has this run when the endpoint takes more again. */
    void whenDrained(Runnable further) {
        request.drainHandler(drained -> further.run());
    }

    /** Writes the last piece, which may be empty, and what follows it. */
    void end(Buffer piece, @Nullable MultiMap trailers) {
        if (trailers != null && request.version() == HttpVersion.HTTP_2) {
            endWith(trailers, piece);
            return;
        }
        if (trailers != null) {
            keepForTheEnd(trailers);
        }
        if (piece.length() > 0) {
            request.end(piece);
        } else {
            request.end();
        }
    }

    private void endWith(MultiMap trailers, Buffer piece) {
        write(piece);
        head();
        var unused = written.onSuccess(sent -> {
            if (!stopped) {
                TrailingEnd.send(request, trailers);
            }
        });
    }

    /** A body whose length stands in front of it has no place for them in HTTP/1 (RFC 9112 section 7.1.2). */
    private void keepForTheEnd(MultiMap trailers) {
        EndpointWire wire = request.isChunked() ? EndpointWire.of(request.connection()) : null;
        if (wire != null) {
            head(); // Or Vert.x would know the length by now, and send it.
            wire.trailers(trailers);
        }
    }

    /** Nothing is sent any more that has not been given to Vert.x. */
    void stop() {
        stopped = true;
    }
}
