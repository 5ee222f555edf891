package dev.jarway.runtime.proxy;

import dev.jarway.runtime.routing.RouteMatch;

/**
 * What the plan says about a request as it stands at some moment.
 *
 * @param match its route, or why there is none
 * @param chain its filters
 * @param path the path that this was found by
 * @param byFields whether the header fields have a say in this
 */
record Resolution(RouteMatch<Route> match, Chain chain, String path, boolean byFields) {}
