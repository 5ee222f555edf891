package dev.jarway.runtime.snapshot;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.plugin.Plugin;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.HiddenValues;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.filter.ConfiguredPlugin;
import dev.jarway.runtime.host.HostContext;
import dev.jarway.runtime.host.HostServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the Plugins of one snapshot come from while it is being built: what the snapshot before has already is taken over,
 * the rest is made. If the build fails, what was made is closed again. Used by one thread.
 */
final class PluginWorkshop {
    private static final Logger log = LoggerFactory.getLogger(PluginWorkshop.class);

    private final Boundary boundary;
    private final HostServices services;
    private final Map<PluginKey, LivePlugin> before;
    private final Map<PluginKey, LivePlugin> taken = new HashMap<>();
    private final Map<ConfiguredPlugin, LivePlugin> live = new HashMap<>();
    private final List<LivePlugin> made = new ArrayList<>();

    PluginWorkshop(Boundary boundary, HostServices services, Map<PluginKey, LivePlugin> before) {
        this.boundary = boundary;
        this.services = services;
        this.before = before;
    }

    /** An order for a Plugin of that kind. */
    record Order(
            FilterUse use,
            PluginType type,
            ConsumerDirectory consumers,
            HiddenValues hidden,
            Duration timeout,
            PluginKind kind) {}

    /** The Plugin for an order; if it cannot be made, why. */
    Checked<ConfiguredPlugin> get(Order order) {
        String canonical = order.type().config().canonical(order.use().config());
        long generation = order.type().generation().identity().generation();
        PluginKey key = new PluginKey(
                order.use().slot(), generation, canonical, order.consumers().canonical());
        LivePlugin present = taken.containsKey(key) ? taken.get(key) : before.get(key);
        if (present != null) {
            take(present);
            return new Checked.Valid<>(present.plugin());
        }
        return make(key, order);
    }

    private void take(LivePlugin plugin) {
        taken.put(plugin.key(), plugin);
        live.put(plugin.plugin(), plugin);
    }

    /** Takes Plugins over of which it is known that they are needed as they are. */
    void keep(List<LivePlugin> plugins) {
        for (int i = 0; i < plugins.size(); i++) {
            LivePlugin plugin = plugins.get(i);
            taken.put(plugin.key(), plugin);
        }
    }

    /** What is known of a Plugin that came out of here. */
    LivePlugin live(ConfiguredPlugin plugin) {
        return Objects.requireNonNull(live.get(plugin));
    }

    private Checked<ConfiguredPlugin> make(PluginKey key, Order order) {
        Checked<? extends Record> config =
                order.type().config().bind(order.use().config(), order.use().pointer(), order.hidden());
        if (!config.problems().isEmpty()) {
            return new Checked.Invalid<>(config.problems());
        }
        LoadedPlugin generation = order.type().generation();
        HostContext context = new HostContext(
                services,
                generation.identity(),
                generation.classLoader(),
                order.consumers(),
                received(key, generation.identity().version()));
        try {
            Plugin created = boundary.call(
                    generation, "create", order.timeout(), () -> create(generation.factory(), config.value(), context));
            ConfiguredPlugin configured =
                    new ConfiguredPlugin(generation, order.type().execution(), created, context);
            LivePlugin plugin = new LivePlugin(key, configured, context);
            made.add(plugin); // Whatever create has made, there may be threads and sockets by now.
            if (!order.kind().type().isInstance(created)) {
                return refused(
                        order,
                        "plugin " + generation + " made no "
                                + order.kind().type().getSimpleName() + " in create",
                        order.kind().expected());
            }
            take(plugin);
            return new Checked.Valid<>(configured);
        } catch (PluginFault fault) {
            context.close();
            return refused(order, order.hidden().removeFrom(String.valueOf(fault.getMessage())), "create to succeed");
        }
    }

    /** What the Plugin that had this place before wants to hand on: of several, that of the same version, or the newest. */
    private Map<String, Object> received(PluginKey key, String version) {
        Optional<LivePlugin> predecessor = before.values().stream()
                .filter(live -> live.key().slot().equals(key.slot()))
                .max(Comparator.comparing((LivePlugin live) ->
                                live.plugin().identity().version().equals(version))
                        .thenComparing(live -> live.key().generation()));
        return predecessor.isPresent() ? offered(predecessor.get()) : Map.of();
    }

    private Map<String, Object> offered(LivePlugin predecessor) {
        LoadedPlugin generation = predecessor.plugin().generation();
        try {
            return boundary.call(generation, "handOver", Duration.ofSeconds(1), predecessor.context()::offered);
        } catch (PluginFault fault) {
            log.warn("{}; its successor begins anew", fault.getMessage(), fault.getCause());
            return Map.of();
        }
    }

    @SuppressWarnings("unchecked") // The record was made from the factory's own configType.
    private static <C extends Record> Plugin create(PluginFactory<C> factory, Record config, HostContext context)
            throws Exception {
        return factory.create((C) config, context);
    }

    private static Checked<ConfiguredPlugin> refused(Order order, String detail, String expected) {
        return new Checked.Invalid<>(List.of(new Problem(order.use().pointer(), detail, expected)));
    }

    /** The Plugins of the snapshot. */
    Map<PluginKey, LivePlugin> taken() {
        return Map.copyOf(taken);
    }

    /** The generations of which the snapshot has a Plugin. */
    Set<LoadedPlugin> generations() {
        return taken.values().stream().map(live -> live.plugin().generation()).collect(Collectors.toSet());
    }

    /** The Plugins that were made here rather than taken over. */
    List<LivePlugin> made() {
        return List.copyOf(made);
    }
}
