package dev.jarway.runtime.snapshot;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.runtime.balance.Discovered;
import dev.jarway.runtime.balance.ServiceEndpoints;
import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.ServiceConfig;
import dev.jarway.runtime.filter.ConfiguredPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The discoveries of a snapshot's services, while that snapshot is being built. Used once, by one thread. */
final class DiscoveryPart {
    private final LoadedConfig loaded;
    private final Boundary boundary;
    private final List<Problem> problems = new ArrayList<>();

    DiscoveryPart(LoadedConfig loaded, Boundary boundary) {
        this.loaded = loaded;
        this.boundary = boundary;
    }

    /** Every plugin that is to find endpoints. */
    List<FilterUse> plugins() {
        List<FilterUse> uses = new ArrayList<>();
        for (int i = 0; i < loaded.config().services().size(); i++) {
            use(i).ifPresent(uses::add);
        }
        return uses;
    }

    private Optional<FilterUse> use(int index) {
        ServiceConfig service = loaded.config().services().get(index);
        return service.discovery().map(discovery -> {
            FilterConfig entry = discovery.entry();
            return new FilterUse(
                    "service:" + service.name() + "/discovery/" + entry.entryName(),
                    "/services/" + index + "/discovery/config",
                    entry,
                    entry.config().orElseGet(ChainResolver::empty));
        });
    }

    /**
     * What the discovery of a service finds, if it has one. A plugin that was carried over goes on; one that is new begins to
     * watch.
     *
     * @param making makes a plugin, unless there is a problem with it
     */
    Optional<Discovered> of(
            int index, Optional<ServiceEndpoints> before, Function<FilterUse, Optional<ConfiguredPlugin>> making) {
        Optional<Discovered> known = before.flatMap(ServiceEndpoints::discovery);
        return use(index)
                .flatMap(use -> making.apply(use)
                        .flatMap(plugin ->
                                known.filter(same -> same.plugin() == plugin).or(() -> begin(use, plugin, known))));
    }

    private Optional<Discovered> begin(FilterUse use, ConfiguredPlugin plugin, Optional<Discovered> before) {
        Discovered discovered =
                new Discovered(plugin, before.map(Discovered::current).orElse(List.of()));
        try {
            boundary.call(plugin, "watch", loaded.config().plugins().createTimeout(), () -> {
                plugin.watch(discovered);
                return Boolean.TRUE;
            });
            return Optional.of(discovered);
        } catch (PluginFault fault) {
            String detail = loaded.hidden().removeFrom(String.valueOf(fault.getMessage()));
            problems.add(new Problem(use.pointer(), detail, "watch to succeed"));
            return Optional.empty();
        }
    }

    /** Why some could not begin. */
    List<Problem> problems() {
        return problems;
    }
}
