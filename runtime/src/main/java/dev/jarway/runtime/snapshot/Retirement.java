package dev.jarway.runtime.snapshot;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.boundary.Boundary;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Plugins and generations go when nobody needs them any more: Plugins are closed, last made first, and then the
 * generations of which none is left. On a thread of its own, since closing may take a while.
 */
final class Retirement {
    private static final Logger log = LoggerFactory.getLogger(Retirement.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** For a thread that is in a Plugin which no exchange uses any more: it had its deadline, and does not heed it. */
    private static final Duration LONGEST_STAY = Duration.ofSeconds(5);

    private final PluginLoader loader;
    private final Boundary boundary;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jarway-retirement").factory());

    /** What there is, in the order in which it was made. All of this is of the thread alone. */
    private final Set<LivePlugin> plugins = new LinkedHashSet<>();

    private final Set<LoadedPlugin> generations = new LinkedHashSet<>();

    /** What has been made since it was last said what is needed: whether it is will be said next time. */
    private final Set<Object> fresh = new HashSet<>();

    /** Plugins that are not needed any more, and since when, for as long as some thread is still in them. */
    private final Map<LivePlugin, Long> leaving = new HashMap<>();

    /** Guarded by this. */
    private Needed needed = new Needed(Set.of(), Set.of(), Set.of());

    Retirement(PluginLoader loader, Boundary boundary) {
        this.loader = loader;
        this.boundary = boundary;
    }

    /** What is needed still: Plugins of snapshots that are in force or held, and generations of the inventory. */
    record Needed(Set<LivePlugin> plugins, Set<LoadedPlugin> generations, Set<LoadedPlugin> active) {

        static Needed of(Collection<Snapshot> alive, Inventory inventory) {
            Set<LivePlugin> plugins = new HashSet<>();
            alive.forEach(snapshot -> plugins.addAll(snapshot.plugins().values()));
            Set<LoadedPlugin> generations = new HashSet<>();
            inventory.all().forEach(type -> generations.add(type.generation()));
            Set<LoadedPlugin> active = new HashSet<>();
            alive.stream()
                    .limit(1)
                    .forEach(current -> current.plugins()
                            .values()
                            .forEach(plugin -> active.add(plugin.plugin().generation())));
            return new Needed(plugins, generations, active);
        }
    }

    /** Notes what has been made and loaded, lest it be forgotten. */
    void note(List<LivePlugin> made, List<LoadedPlugin> loaded) {
        thread.execute(() -> {
            plugins.addAll(made);
            generations.addAll(loaded);
            fresh.addAll(made);
            fresh.addAll(loaded);
        });
    }

    /** Lets go of all that is not needed, in a while. What is active is so when this returns. */
    void retire(Needed stillNeeded, Duration closeLimit) {
        need(stillNeeded);
        thread.execute(() -> {
            fresh.clear();
            look(closeLimit);
        });
    }

    /** By whoever makes the change: it is acknowledged next, and its generations are to be seen as what they are. */
    private synchronized void need(Needed stillNeeded) {
        needed = stillNeeded;
        needed.active().forEach(LoadedPlugin::activate);
    }

    private synchronized Needed needed() {
        return needed;
    }

    private void look(Duration closeLimit) {
        try {
            boolean busy = closePlugins(closeLimit);
            closeGenerations();
            if (busy) {
                var unused = thread.schedule(() -> look(closeLimit), LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException e) {
            log.error("Retirement failed; the next change tries again", e);
        }
    }

    /** Closes what nobody needs, and says whether some of it has to wait. */
    private boolean closePlugins(Duration closeLimit) {
        boolean busy = false;
        for (LivePlugin live : List.copyOf(plugins).reversed()) {
            if (needed().plugins().contains(live) || fresh.contains(live)) {
                continue;
            }
            long since = leaving.computeIfAbsent(live, first -> System.nanoTime());
            if (live.plugin().inside() > 0 && isPatient(since)) {
                busy = true;
                continue;
            }
            plugins.remove(live);
            leaving.remove(live);
            live.plugin().close(boundary, closeLimit);
        }
        return busy;
    }

    private boolean isPatient(long since) {
        return !thread.isShutdown() && System.nanoTime() - since < LONGEST_STAY.toNanos();
    }

    private void closeGenerations() {
        Set<LoadedPlugin> used = new HashSet<>();
        plugins.forEach(live -> used.add(live.plugin().generation()));
        for (LoadedPlugin generation : List.copyOf(generations).reversed()) {
            if (staysActive(generation) || used.contains(generation) || fresh.contains(generation)) {
                continue;
            }
            if (needed().generations().contains(generation)) {
                generation.rest();
            } else {
                generations.remove(generation);
                unload(generation);
            }
        }
    }

    /** Whether a generation is active; if it was until now, it drains from here on. */
    private synchronized boolean staysActive(LoadedPlugin generation) {
        if (needed.active().contains(generation)) {
            return true;
        }
        if (generation.state() == GenerationState.ACTIVE) {
            generation.drain();
        }
        return false;
    }

    private void unload(LoadedPlugin generation) {
        var unused = loader.unload(generation).whenComplete((done, failure) -> {
            if (failure != null) {
                log.error("Plugin {} could not be unloaded", generation, failure);
            }
        });
    }

    /** Ends the thread once all that was asked for is done. */
    public void stop() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
            log.warn("Some plugins could not be closed in time");
        }
    }
}
