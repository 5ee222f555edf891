package dev.jarway.runtime.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot leaves to the next one beside its Plugins.
 *
 * @param hosts the hosts that its chains tell apart
 * @param generations the number of the generation that each enabled entry's {@code plugin} meant, of those that meant one
 * @param routes in the document's order
 */
record Estate(HostClasses hosts, Map<String, Long> generations, List<BuiltRoute> routes) {
    Estate {
        generations = Map.copyOf(generations);
        routes = List.copyOf(routes);
    }

    /** Finds the routes that have these names, one for each place in another document: most stand where they stood. */
    IntFunction<@Nullable BuiltRoute> named(IntFunction<String> names) {
        Map<String, BuiltRoute> moved = new HashMap<>();
        return place -> {
            String name = names.apply(place);
            if (place < routes.size() && routes.get(place).config().name().equals(name)) {
                return routes.get(place);
            }
            if (moved.isEmpty()) {
                routes.forEach(route -> moved.put(route.config().name(), route));
            }
            return moved.get(name);
        };
    }
}
