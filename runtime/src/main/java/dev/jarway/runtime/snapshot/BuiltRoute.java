package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.RouteConfig;
import dev.jarway.runtime.proxy.RouteChoice;
import dev.jarway.runtime.routing.RouteTable;
import java.util.List;
import java.util.Set;

/**
 * A route as a snapshot has it, with what tells whether the next one may have it too.
 *
 * @param config what was written
 * @param references the places in that which came out of references, as pointers below it
 * @param entry what came of it
 * @param plugins those in its chains
 */
record BuiltRoute(
        RouteConfig config, Set<String> references, RouteTable.Entry<RouteChoice> entry, List<LivePlugin> plugins) {
    BuiltRoute {
        references = Set.copyOf(references);
        plugins = List.copyOf(plugins);
    }

    /** The same of an equal configuration, lest that of a snapshot long gone stays in memory. */
    BuiltRoute of(RouteConfig equal) {
        return new BuiltRoute(equal, references, entry, plugins);
    }
}
