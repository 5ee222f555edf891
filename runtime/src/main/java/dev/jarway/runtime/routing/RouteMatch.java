package dev.jarway.runtime.routing;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The answer of a {@link RouteTable} to one request. */
public sealed interface RouteMatch<T> {

    /** The request takes the route that this value stands for. */
    record Found<T>(T route) implements RouteMatch<T> {}

    /** No route is for this request. */
    record NotFound<T>() implements RouteMatch<T> {}

    /**
     * Routes are for this request but for its method.
     *
     * @param allow the methods of all these routes in alphabetical order, for the response's {@code Allow}
     */
    record MethodNotAllowed<T>(Set<String> allow) implements RouteMatch<T> {

        public MethodNotAllowed {
            allow = Collections.unmodifiableSet(new TreeSet<>(allow));
        }
    }
}
