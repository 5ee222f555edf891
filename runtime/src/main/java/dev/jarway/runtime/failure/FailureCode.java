package dev.jarway.runtime.failure;

/** What went wrong with an exchange, by the names that stand in problem documents and in the access log. */
public enum FailureCode {
    BAD_REQUEST(400, FailureSource.CLIENT, "The request cannot be forwarded unambiguously"),
    NO_ROUTE(404, FailureSource.CLIENT, "No route matches"),
    METHOD_NOT_ALLOWED(405, FailureSource.CLIENT, "No route matches with this method"),
    REQUEST_TIMEOUT(408, FailureSource.CLIENT, "The request did not arrive in time"),
    REQUEST_BODY_TOO_LARGE(413, FailureSource.CLIENT, "The request's body is too large"),
    TARGET_TOO_LONG(414, FailureSource.CLIENT, "The request line is too long"),
    FIELDS_TOO_LARGE(431, FailureSource.CLIENT, "The header fields are too large"),
    CLIENT_GONE(499, FailureSource.CLIENT, "The client closed the connection"),
    EXPECTATION_FAILED(417, FailureSource.CLIENT, "The expectation is not known"),
    METHOD_NOT_IMPLEMENTED(501, FailureSource.CLIENT, "The method is not served"),
    VERSION_NOT_SUPPORTED(505, FailureSource.CLIENT, "The version of HTTP is not served"),
    PROXY_LOOP(508, FailureSource.CLIENT, "The request has come in a circle"),
    PLUGIN_FAILED(500, FailureSource.PLUGIN, "A plugin failed"),
    PLUGIN_TIMEOUT(500, FailureSource.PLUGIN, "A plugin did not finish in time"),
    REROUTE_LOOP(508, FailureSource.PLUGIN, "The request was rerouted too often"),
    NO_ENDPOINT(503, FailureSource.UPSTREAM, "The service has no endpoint that can be used"),
    SERVICE_BUSY(503, FailureSource.GATEWAY, "The service has as much to do as it may have"),
    UPSTREAM_UNREACHABLE(503, FailureSource.UPSTREAM, "The service cannot be reached"),
    UPSTREAM_TIMEOUT(504, FailureSource.UPSTREAM, "The service did not answer in time"),
    UPSTREAM_BROKEN(502, FailureSource.UPSTREAM, "The service's response was broken off"),
    UPSTREAM_INVALID(502, FailureSource.UPSTREAM, "The service's response cannot be understood"),
    UPSTREAM_BODY_TOO_LARGE(502, FailureSource.UPSTREAM, "The response's body is too large"),
    OVERLOADED(503, FailureSource.GATEWAY, "The gateway has as much to do as it can"),
    DRAINED(503, FailureSource.GATEWAY, "The gateway has moved on; try again"),
    INTERNAL(500, FailureSource.GATEWAY, "The gateway failed");

    private final int status;
    private final FailureSource source;
    private final String title;

    FailureCode(int status, FailureSource source, String title) {
        this.status = status;
        this.source = source;
        this.title = title;
    }

    /** The status that a client is answered with. */
    public int status() {
        return status;
    }

    /** Who is to blame. */
    public FailureSource source() {
        return source;
    }

    /**
     * Whether clients are told no more than that: the rest would say how full the gateway is, or how it fares with its endpoints.
     */
    public boolean isReticent() {
        return this == OVERLOADED || this == SERVICE_BUSY || this == NO_ENDPOINT;
    }

    /** One sentence for people, the same for every exchange that fails so. */
    public String title() {
        return title;
    }
}
