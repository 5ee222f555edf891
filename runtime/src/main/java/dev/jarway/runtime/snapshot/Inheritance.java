package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.GatewayConfig;
import dev.jarway.runtime.config.HiddenValues;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.PluginReference;
import dev.jarway.runtime.config.RouteConfig;
import dev.jarway.runtime.config.ServiceConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which routes a snapshot that is being built takes over from the one before, with their chains and without looking at them
 * again: those whose own configuration is the same, and all else that their chains are made of. That is the lists of filters
 * that they meet, the hosts that are told apart, the generations that the entries mean, and the consumers. Entries that split
 * requests among versions are made anew each time, since all of a snapshot have to share their decisions. Used by one thread.
 */
final class Inheritance {
    private final LoadedConfig loaded;
    private final HostClasses hosts;
    private final Map<String, Long> generations = new HashMap<>();
    private final List<@Nullable BuiltRoute> routes = new ArrayList<>();
    private final Map<String, Set<String>> references;

    Inheritance(LoadedConfig loaded, HostClasses hosts, Inventory inventory, Optional<Snapshot> before) {
        this.loaded = loaded;
        this.hosts = hosts;
        this.references = loaded.hidden().referencesIn("/routes");
        HostClasses.eachEntry(loaded.config(), entry -> note(entry, inventory));
        before.ifPresent(this::inherit);
    }

    private void note(FilterConfig entry, Inventory inventory) {
        if (entry.enabled() && !generations.containsKey(entry.plugin())) {
            inventory
                    .find(PluginReference.parse(entry.plugin()))
                    .ifPresent(type -> generations.put(
                            entry.plugin(), type.generation().identity().generation()));
        }
    }

    private void inherit(Snapshot before) {
        GatewayConfig config = loaded.config();
        Filters filters = new Filters(before.estate().generations());
        if (!isCommonTheSame(before, filters)) {
            return;
        }
        Set<String> services = services(before.loaded().config(), filters);
        IntFunction<@Nullable BuiltRoute> known =
                before.estate().named(i -> config.routes().get(i).name());
        for (int i = 0; i < config.routes().size(); i++) {
            RouteConfig route = config.routes().get(i);
            BuiltRoute same = known.apply(i);
            boolean inherited = same != null
                    && same.config().equals(route)
                    && same.references().equals(references(i))
                    && filters.mean(route.filters())
                    && services.containsAll(route.serviceNames());
            routes.add(inherited ? same : null);
        }
    }

    /** Whether what every route depends on is as it was. */
    private boolean isCommonTheSame(Snapshot before, Filters filters) {
        GatewayConfig config = loaded.config();
        GatewayConfig old = before.loaded().config();
        HiddenValues hidden = before.loaded().hidden();
        return hosts.equals(before.estate().hosts())
                && config.filters().equals(old.filters())
                && config.hosts().equals(old.hosts())
                && config.consumers().equals(old.consumers())
                && loaded.hidden().referencesIn("/consumers").equals(hidden.referencesIn("/consumers"))
                && filters.mean(config.filters())
                && config.hosts().stream().allMatch(host -> filters.mean(host.filters()));
    }

    /** The services whose filters are as they were. */
    private Set<String> services(GatewayConfig old, Filters filters) {
        Map<String, List<FilterConfig>> known =
                HashMap.newHashMap(old.services().size());
        old.services().forEach(service -> known.put(service.name(), service.filters()));
        Set<String> same = new HashSet<>();
        for (ServiceConfig service : loaded.config().services()) {
            if (service.filters().equals(known.get(service.name())) && filters.mean(service.filters())) {
                same.add(service.name());
            }
        }
        return same;
    }

    /** Whether entries that have not changed still mean the same. */
    private final class Filters {
        private final Map<String, Long> before;

        Filters(Map<String, Long> before) {
            this.before = before;
        }

        boolean mean(List<FilterConfig> entries) {
            for (int i = 0; i < entries.size(); i++) {
                FilterConfig entry = entries.get(i);
                if (entry.enabled() && (isSplit(entry) || !isThere(entry.plugin()))) {
                    return false;
                }
            }
            return true;
        }

        private boolean isSplit(FilterConfig entry) {
            return !entry.versions().isEmpty() || entry.rollout().isPresent();
        }

        private boolean isThere(String plugin) {
            Long generation = generations.get(plugin);
            return generation != null && generation.equals(before.get(plugin));
        }
    }

    /** The route of that index, if it is taken over. */
    Optional<BuiltRoute> route(int index) {
        return routes.isEmpty() ? Optional.empty() : Optional.ofNullable(routes.get(index));
    }

    /** The places in the configuration of a route that came out of references. */
    Set<String> references(int index) {
        return references.isEmpty()
                ? Set.of()
                : Objects.requireNonNullElse(references.get(Integer.toString(index)), Set.of());
    }

    /** What the snapshot leaves to the next one, with these routes. */
    Estate estate(List<BuiltRoute> built) {
        return new Estate(hosts, generations, built);
    }
}
