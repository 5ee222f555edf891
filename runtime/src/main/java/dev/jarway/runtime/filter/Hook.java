package dev.jarway.runtime.filter;

import dev.jarway.plugin.Action;

/** One of the methods of a filter: when it is called stands in the contract, what it may answer stands here. */
enum Hook {
    REQUEST_HEADERS("onRequestHeaders", true, true, true),
    REQUEST_DATA("onRequestData", false, true, false),
    REQUEST_TRAILERS("onRequestTrailers", false, true, false),
    REQUEST_BODY("onRequestBody", false, true, true),
    ENDPOINT_CHOSEN("onEndpointChosen", false, true, false),
    RESPONSE_HEADERS("onResponseHeaders", true, true, false),
    RESPONSE_DATA("onResponseData", false, false, false),
    RESPONSE_TRAILERS("onResponseTrailers", false, false, false),
    RESPONSE_BODY("onResponseBody", false, true, false),
    COMPLETE("onComplete", false, false, false);

    private final String method;
    private final boolean buffers;
    private final boolean responds;
    private final boolean reroutes;

    Hook(String method, boolean buffers, boolean responds, boolean reroutes) {
        this.method = method;
        this.buffers = buffers;
        this.responds = responds;
        this.reroutes = reroutes;
    }

    /** The method's name in the contract. */
    String method() {
        return method;
    }

    /** Whether the method may answer so in the end; what it awaits is asked when it is there. */
    boolean allows(Action action) {
        return switch (action) {
            case Action.Proceed proceed -> true;
            case Action.BufferBody buffer -> buffers;
            case Action.Respond respond -> responds;
            case Action.Reroute reroute -> reroutes;
            case Action.Await<?> await -> false;
        };
    }
}
