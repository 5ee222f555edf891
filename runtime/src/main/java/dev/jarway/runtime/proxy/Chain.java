package dev.jarway.runtime.proxy;

import dev.jarway.runtime.filter.ChainEntry;
import dev.jarway.runtime.filter.ConfiguredPlugin;
import dev.jarway.runtime.filter.FilterEntry;
import dev.jarway.runtime.filter.SplitEntry;
import java.util.List;
import java.util.stream.Stream;

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

    /** The Plugins in it, of splits those of all versions. */
    public Stream<ConfiguredPlugin> plugins() {
        return Stream.of(gateway, route, service).flatMap(List::stream).flatMap(entry -> switch (entry) {
            case FilterEntry one -> Stream.of(one.plugin());
            case SplitEntry several -> several.versions().stream().map(FilterEntry::plugin);
        });
    }
}
