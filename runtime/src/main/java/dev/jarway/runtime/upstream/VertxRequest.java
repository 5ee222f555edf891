package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.Cork;
import dev.jarway.runtime.admission.ResponseGuard;
import dev.jarway.runtime.exchange.TrailerFields;
import dev.jarway.runtime.exchange.WebSocketHandshake;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientConnection;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that Vert.x's client sends: over HTTP/2, over TLS in what the handshake has chosen, or to speak WebSocket. Belongs to one
 * event loop.
 */
final class VertxRequest implements OutboundRequest {
    /** Why a stream of HTTP/2 is given up (RFC 9113 section 7); in HTTP/1, the connection is closed. */
    private static final long CANCEL = 8;

    private final HttpClientRequest request;
    private final OpenConnections connections;

    /** By which its connection knows it. Not itself: an idle connection would hold all that a request holds, up to its plugins. */
    private final Object mark = new Object();

    private @Nullable EndpointWire wire;

    /** What becomes of the last that has been given to Vert.x. */
    private Future<Void> written = Future.succeededFuture();

    private boolean begun;
    private boolean headSent;
    private boolean endless;
    private boolean ended;
    private boolean left;

    VertxRequest(HttpClientRequest request, OpenConnections connections) {
        this.request = request;
        this.connections = connections;
        connections.taken(request.connection());
    }

    @Override
    public void begin(UpstreamRequest message, boolean chunked, Listener listener) {
        begun = true;
        ResponseGuard.expect(
                ((HttpClientConnection) request.connection())
                        .channelHandlerContext()
                        .pipeline(),
                request.getMethod().equals(HttpMethod.HEAD));
        request.authority(message.authority());
        request.headers().setAll(message.fields());
        request.setChunked(chunked);
        request.exceptionHandler(cause -> broken(cause, listener));
        request.response()
                .onComplete(
                        response -> listener.responded(new VertxResponse(response)), cause -> broken(cause, listener));
        wire = EndpointWire.listen(request, mark, listener::provisional);
        if (request.version() != HttpVersion.HTTP_2) {
            TrailerFields.unwelcome(request.headers());
        }
    }

    private void broken(Throwable cause, Listener listener) {
        listener.broken(Http2Responses.why(cause), Mishap.of(cause, request));
    }

    @Override
    public void expectContinue() {
        request.headers().set(HttpHeaders.EXPECT, HttpHeaders.CONTINUE);
        head();
    }

    /** Sends the head now, if it has not been sent; otherwise it goes with the first piece, or with the end. */
    private void head() {
        if (!headSent) {
            headSent = true;
            written = request.writeHead(); // What becomes of it shows in the response.
        }
    }

    @Override
    public boolean write(Buffer piece) {
        if (piece.length() > 0) {
            headSent = true;
            written = request.write(piece);
        }
        return !request.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable further) {
        request.drainHandler(drained -> further.run());
    }

    @Override
    public void end(Buffer piece, @Nullable MultiMap trailers) {
        ended = true;
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
            if (!left) {
                TrailingEnd.send(request, trailers);
            }
        });
    }

    /** A body whose length stands in front of it has no place for them in HTTP/1 (RFC 9112 section 7.1.2). */
    private void keepForTheEnd(MultiMap trailers) {
        EndpointWire last = request.isChunked() ? EndpointWire.of(request.connection()) : null;
        if (last != null) {
            head(); // Or Vert.x would know the length by now, and send it.
            last.trailers(trailers);
        }
    }

    @Override
    public void upgrade() {
        endless = true;
        WebSocketHandshake.write(request.headers());
        var unused = request.connect(); // It completes as the response does.
    }

    @Override
    public void bodyComes(BooleanSupplier taker) {
        if (wire != null) {
            wire.bodyBegins(mark, taker);
        }
    }

    @Override
    public void demandLife(Duration within) {
        LifeSign.demand(request.connection(), within);
    }

    @Override
    public void leave() {
        if (!left) {
            left = true;
            if (wire != null) {
                wire.leave(mark);
            }
            connections.givenBack(request.connection());
        }
    }

    @Override
    public void cancel() {
        if (!begun) {
            request.exceptionHandler(told -> {}); // That of the reset itself.
            var unused = request.reset();
        } else if (endless || !ended || wire == null || !wire.isFree(mark)) {
            EndpointWire.hangUp(request);
            var unused = request.reset(CANCEL);
            if (request.connection() instanceof HttpClientConnection connection) {
                Cork.pull(connection.channelHandlerContext().pipeline());
            }
        }
    }
}
