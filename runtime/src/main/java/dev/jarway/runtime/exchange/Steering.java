package dev.jarway.runtime.exchange;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where filters have steered an exchange to, away from what its route says. */
public final class Steering {
    @Nullable
    String service;

    @Nullable
    URI endpoint;

    boolean strictEndpoint;

    @Nullable
    Duration responseTimeout;

    long requestBodyLimit = Long.MAX_VALUE;

    /** The service to send to in place of the route's; null if that stands. */
    public @Nullable String service() {
        return service;
    }

    /** The endpoint to send to; null if the service's own are to be used. */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /** Whether the endpoint is the only one that may be tried. */
    public boolean strictEndpoint() {
        return strictEndpoint;
    }

    /** How long to wait for the response's headers; null if the service's own limit stands. */
    public @Nullable Duration responseTimeout() {
        return responseTimeout;
    }

    /** The most bytes that the request's body may have. */
    public long requestBodyLimit() {
        return requestBodyLimit;
    }
}
