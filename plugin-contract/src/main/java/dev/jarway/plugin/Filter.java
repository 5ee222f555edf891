package dev.jarway.plugin;

/**
 * One plugin's part in one exchange: called at each step of it, holding that exchange's state in plain fields.
 *
 * <p>The methods stand in the order in which they run. Request methods run in the order of the filter chain, response
 * methods in reverse. The gateway looks once per class at which methods are overridden and calls no other, so a filter that
 * leaves the data methods alone costs nothing per chunk.
 *
 * <p>One filter is never called by two threads at once. A method that throws, or that does not finish within the entry's
 * {@code timeout}, fails: under {@code onFailure: closed} the exchange is answered with 500, under {@code open} it goes on
 * without this filter. Either way the filter is not called again, except for {@link #onComplete}.
 */
public interface Filter {

    /**
     * The request's headers are here; a body may follow. All of {@link Action} may be returned.
     */
    default Action onRequestHeaders(Request request) throws Exception {
        return Action.proceed();
    }

    /**
     * A piece of the request's body, on its way to the next filter. Called for every piece in order, and only if there is a
     * body; the final call has {@link Chunk#last()} and may hold no bytes.
     *
     * <p>May return {@link Action#proceed()}, {@link Action#await} (no further piece is read meanwhile), or
     * {@link Action#respond}.
     */
    default Action onRequestData(Chunk chunk) throws Exception {
        return Action.proceed();
    }

    /** The request's trailers, if it has any, after the last chunk. They may be changed. Returns as for data. */
    default Action onRequestTrailers(Headers trailers) throws Exception {
        return Action.proceed();
    }

    /**
     * The whole body of the request, once, if {@link #onRequestHeaders} returned {@link Action#bufferBody}. The next filter
     * does not see the request's headers before this has proceeded, so headers may still be changed here, and the body with
     * {@link Request#replaceBody}. A request without a body gives empty bytes.
     *
     * <p>May return {@link Action#proceed()}, {@link Action#await}, {@link Action#respond} or {@link Action#reroute()}.
     */
    default Action onRequestBody(Request request, Bytes body, Headers trailers) throws Exception {
        return Action.proceed();
    }

    /**
     * The endpoint that the request is about to be sent to is known. Headers may still be changed. Called again for each
     * other endpoint that is tried, with the request as it was left: so set a header here, and do not add one.
     *
     * <p>May return {@link Action#proceed()}, {@link Action#await} or {@link Action#respond}.
     */
    default Action onEndpointChosen(Request request, Endpoint endpoint) throws Exception {
        return Action.proceed();
    }

    /**
     * The response's headers are here, from the service, from a filter's {@link Action#respond}, or from the gateway itself;
     * a body may follow.
     *
     * <p>May return all but {@link Action#reroute()}. {@link Action#respond} puts another response in this one's place.
     */
    default Action onResponseHeaders(Response response) throws Exception {
        return Action.proceed();
    }

    /** A piece of the response's body, as {@link #onRequestData}; {@link Action#respond} is too late here and fails. */
    default Action onResponseData(Chunk chunk) throws Exception {
        return Action.proceed();
    }

    /** The response's trailers, if it has any. They may be changed. Returns as for {@link #onResponseData}. */
    default Action onResponseTrailers(Headers trailers) throws Exception {
        return Action.proceed();
    }

    /**
     * The whole body of the response, once, if {@link #onResponseHeaders} returned {@link Action#bufferBody}. Nothing has been
     * sent to the client yet, so status and headers may still be changed, and the body with {@link Response#replaceBody}.
     *
     * <p>May return {@link Action#proceed()}, {@link Action#await} or {@link Action#respond}.
     */
    default Action onResponseBody(Response response, Bytes body, Headers trailers) throws Exception {
        return Action.proceed();
    }

    /**
     * The exchange is over, whatever happened to it. Called exactly once for every filter that was made, as its last call.
     * What it throws is logged and changes nothing.
     */
    default void onComplete(Outcome outcome) throws Exception {}
}
