package dev.jarway.runtime.snapshot;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.observability.VersionFigures;
import dev.jarway.runtime.proxy.TrafficPlan;
import dev.jarway.runtime.rollout.LiveRollout;
import dev.jarway.runtime.tls.ListenerTls;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that one revision needs, ready: what was written, what came of it, and the Plugins in it. Immutable.
 *
 * @param revision the number of its revision in the history
 * @param publishedAt when it was published
 * @param loaded the configuration
 * @param inventory the plugins that it was built from; of those without a file only what it has a Plugin of, since it would hold
 *     the classes of the others
 * @param plan what requests need
 * @param plugins the Plugins in it
 * @param rollouts by name
 * @param tls how its listeners speak TLS, those that do, by their addresses
 * @param estate what it leaves to the next one
 * @param warnings what an operator ought to know, though it is no error
 */
public record Snapshot(
        long revision,
        Instant publishedAt,
        LoadedConfig loaded,
        Inventory inventory,
        TrafficPlan plan,
        Map<PluginKey, LivePlugin> plugins,
        Map<String, LiveRollout> rollouts,
        Map<String, ListenerTls> tls,
        Estate estate,
        List<String> warnings) {
    public Snapshot {
        plugins = Map.copyOf(plugins);
        rollouts = Map.copyOf(rollouts);
        tls = Map.copyOf(tls);
        warnings = List.copyOf(warnings);
    }

    /** How the versions do that requests may meet. */
    public List<VersionFigures> figures() {
        Set<LoadedPlugin> used = new HashSet<>();
        plugins.values().forEach(live -> used.add(live.plugin().generation()));
        return inventory.all().stream()
                .filter(type -> used.contains(type.generation()))
                .map(PluginType::figures)
                .toList();
    }

    /** The entries of the configuration that a generation serves, by their names. */
    public List<String> users(LoadedPlugin generation) {
        return plugins.entrySet().stream()
                .filter(entry -> entry.getValue().plugin().generation().equals(generation))
                .map(entry -> entry.getKey().slot())
                .sorted()
                .toList();
    }
}
