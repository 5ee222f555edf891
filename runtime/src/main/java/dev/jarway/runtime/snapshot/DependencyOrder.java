package dev.jarway.runtime.snapshot;

import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.loader.jar.PluginRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The order in which plugins are loaded so that each finds those that it depends on: they come before it. */
final class DependencyOrder {
    private DependencyOrder() {}

    /** The keys of these plugins, in that order, and otherwise as they are. In a circle, what can do without comes first. */
    static <T> List<T> of(Map<T, PluginDescription> plugins) {
        Map<T, PluginDescription> left = new LinkedHashMap<>(plugins);
        List<T> order = new ArrayList<>();
        while (!left.isEmpty()) {
            T next = first(left, any -> true)
                    .or(() -> first(left, requirement -> !requirement.optional()))
                    .orElseGet(() -> left.keySet().iterator().next());
            left.remove(next);
            order.add(next);
        }
        return order;
    }

    private static <T> Optional<T> first(Map<T, PluginDescription> left, Predicate<PluginRequirement> counts) {
        return left.entrySet().stream()
                .filter(plugin -> plugin.getValue().dependencies().stream()
                        .filter(counts)
                        .noneMatch(requirement -> left.values().stream().anyMatch(requirement::fits)))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
