package dev.jarway.runtime.proxy;

import dev.jarway.runtime.admission.ReceivedTrailers;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a request's body: whether there is one, and what of it has come before anybody asked.
 *
 * @param hasBody whether a body follows the headers, be it empty
 * @param first a piece that has been read already; null if none has
 * @param ended whether its end has been read already, so that there is nothing of it but trailers
 * @param gone whether the client has taken the request back already
 */
record BodyOnset(boolean hasBody, @Nullable Buffer first, boolean ended, boolean gone) {
    private static final BodyOnset NONE = new BodyOnset(false, null, false, false);
    private static final BodyOnset COMING = new BodyOnset(true, null, false, false);

    /**
     * Finds out, and holds the body back. Called when the headers are here; tells at once over HTTP/1, else when it is the
     * request's turn to begin.
     */
    static void find(HttpServerRequest received, ProxyLoop loop, Consumer<BodyOnset> then) {
        if (received.decoderResult().isFailure()) {
            then.accept(NONE); // Nothing more is read of such a connection.
            return;
        }
        if (received.version().compareTo(HttpVersion.HTTP_2) >= 0) {
            new Look(received, loop, then).queue();
            return;
        }
        MultiMap fields = received.headers();
        String length = fields.get(HttpHeaders.CONTENT_LENGTH);
        if (fields.contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"))) {
            received.pause();
            then.accept(COMING);
        } else {
            then.accept(NONE);
        }
    }

    /**
     * HTTP/2 says in the headers' frame that nothing follows (RFC 9113 section 8.1), but what stands there is told only after the
     * headers: before it is the request's turn. In HTTP/3 it is the end of the stream that says so, which may come in a packet of
     * its own: so one waits a little longer.
     */
    private static final class Look implements StartTurns.Waiting {
        private static final long PACKET_MILLIS = 20;

        private final HttpServerRequest received;
        private final ProxyLoop loop;
        private final Consumer<BodyOnset> then;
        private final ReceivedTrailers trailers;
        private @Nullable Buffer first;
        private boolean ended;
        private boolean gone;
        private boolean waiting;

        Look(HttpServerRequest received, ProxyLoop loop, Consumer<BodyOnset> then) {
            this.received = received;
            this.loop = loop;
            this.then = then;
            this.trailers = ReceivedTrailers.of(received);
        }

        void queue() {
            received.pause();
            received.handler(piece -> {
                first = piece;
                tell();
            });
            received.endHandler(end -> {
                ended = true;
                tell();
            });
            received.response().exceptionHandler(taken -> {
                gone = true; // Told once, be anybody there to hear or not.
                tell();
            });
            received.fetch(1);
            loop.turns().await(received.connection(), this);
        }

        @Override
        public boolean isGone() {
            return gone;
        }

        @Override
        public void begin() {
            waiting = true;
            if (ended || gone || first != null || received.version() != HttpVersion.HTTP_3) {
                tell();
            } else {
                loop.scope().vertx().setTimer(PACKET_MILLIS, late -> tell());
            }
        }

        /** Tells what has come by now, if somebody waits for it. */
        private void tell() {
            if (!waiting) {
                return;
            }
            waiting = false;
            if (ended) {
                boolean trailing = trailers.get().iterator().hasNext();
                then.accept(new BodyOnset(trailing, null, trailing, gone));
                return;
            }
            received.pause(); // What comes from here on has not been asked for yet.
            then.accept(new BodyOnset(true, first, false, gone));
        }
    }
}
