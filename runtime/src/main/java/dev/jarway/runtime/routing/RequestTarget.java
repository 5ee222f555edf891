package dev.jarway.runtime.routing;

import java.util.List;

/** What a {@link RouteTable} asks of a request. Values of headers and query are asked for only where a route needs them. */
public interface RequestTarget {

    /** The host that was asked for, in lower case, without a port. */
    String host();

    /**
     * The path without the query, percent-encoded, dot segments resolved or refused. Begins with a slash; of anything else,
     * as the {@code *} of {@code OPTIONS *}, only routes for every path are thought to fit.
     */
    String path();

    /** The method, compared as it is: methods are case-sensitive. */
    String method();

    /** The values of a header, in order; none gives an empty list. The name is in lower case. */
    List<String> header(String name);

    /** The decoded values of a parameter of the query, in order; none gives an empty list. */
    List<String> query(String name);
}
