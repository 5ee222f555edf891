package dev.jarway.runtime.proxy;

import dev.jarway.runtime.filter.ChainEntry;
import java.util.List;

/**
 * The filters that a request meets, in order, resolved when the plan was built.
 *
 * @param gateway those that run before the route is settled
 * @param route those of host and route
 * @param service those of the service
 */
public record Chain(List<ChainEntry> gateway, List<ChainEntry> route, List<ChainEntry> service) {
    public Chain {
        gateway = List.copyOf(gateway);
        route = List.copyOf(route);
        service = List.copyOf(service);
    }
}
