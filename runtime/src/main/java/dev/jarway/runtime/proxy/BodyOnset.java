package dev.jarway.runtime.proxy;

import io.vertx.core.Context;
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
 */
record BodyOnset(boolean hasBody, @Nullable Buffer first) {
    private static final BodyOnset NONE = new BodyOnset(false, null);
    private static final BodyOnset COMING = new BodyOnset(true, null);

    /** Finds out, and holds the body back. Called when the headers are here; tells at once, or before anything else comes. */
    static void find(HttpServerRequest received, Context context, Consumer<BodyOnset> then) {
        MultiMap fields = received.headers();
        String length = fields.get(HttpHeaders.CONTENT_LENGTH);
        boolean chunked = fields.contains(HttpHeaders.TRANSFER_ENCODING);
        if (received.version() == HttpVersion.HTTP_2 && length == null) {
            new Look(received, then).begin(context);
        } else if (chunked || (length != null && !length.equals("0"))) {
            received.pause();
            then.accept(COMING);
        } else {
            then.accept(NONE);
        }
    }

    /**
     * HTTP/2 says in the headers' frame that nothing follows (RFC 9113 section 8.1), but what stands there is told only after
     * the headers: so one waits for the end of the event that brought them.
     */
    private static final class Look {
        private final HttpServerRequest received;
        private final Consumer<BodyOnset> then;
        private @Nullable Buffer first;
        private boolean ended;

        Look(HttpServerRequest received, Consumer<BodyOnset> then) {
            this.received = received;
            this.then = then;
        }

        void begin(Context context) {
            received.pause();
            received.handler(piece -> first = piece);
            received.endHandler(end -> ended = true);
            received.fetch(1);
            context.runOnContext(later -> {
                if (!ended) {
                    received.pause(); // What comes from here on has not been asked for yet.
                }
                then.accept(ended ? NONE : new BodyOnset(true, first));
            });
        }
    }
}
