package dev.jarway.runtime.upstream;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head says of the length of its body, against which the pieces are counted. What is written is as long as that, or
 * is broken off: the endpoint would take what is too much for the next request on that connection, and that for what is missing.
 */
final class AnnouncedLength {
    private static final long NONE = -1;

    private final long announced;
    private long bytes;

    /** From a head with that {@code Content-Length}; null if it has none. */
    AnnouncedLength(@Nullable String contentLength) {
        this.announced = contentLength == null ? NONE : Long.parseLong(contentLength);
    }

    /** Whether the head says anything of it. */
    boolean isKnown() {
        return announced != NONE;
    }

    /**
     * Counts a piece, which is to be written only then. The client's own body is as long as it has said, or it would have been
     * refused; so it is a filter that has changed it.
     *
     * @throws GatewayFailure if the body is not as long as its head says
     */
    void count(int piece, boolean last) {
        bytes += piece;
        if (isKnown() && (bytes > announced || (last && bytes < announced))) {
            throw GatewayFailure.of(
                    FailureCode.PLUGIN_FAILED,
                    bytes + " bytes of the request's body after its filters (announced: " + announced + ")");
        }
    }
}
