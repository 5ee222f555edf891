package dev.jarway.plugin;

import java.time.Duration;
import java.util.Optional;

/** How an exchange ended. */
public interface Outcome {

    /** The status that was sent; 0 if none was, because the client had gone. */
    int status();

    /** Bytes of the request's body that arrived. */
    long requestBytes();

    /** Bytes of the response's body that were sent. */
    long responseBytes();

    /** From the request's headers to the end. */
    Duration duration();

    /**
     * How long the service took to answer: from sending the request until the response's headers, without the time in which the
     * gateway waited for the rest of the request, as from a client that is slow to send it. Empty if no response came from a
     * service.
     */
    Optional<Duration> serviceDuration();

    /** Whether the response was sent to its end. */
    boolean completed();

    /** Why the exchange failed, in the gateway's words: {@code UPSTREAM_TIMEOUT}, {@code CLIENT_GONE}; empty if it did not. */
    Optional<String> failure();
}
