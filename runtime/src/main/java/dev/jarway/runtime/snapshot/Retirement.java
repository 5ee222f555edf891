package dev.jarway.runtime.snapshot;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.boundary.Boundary;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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

    private final PluginLoader loader;
    private final Boundary boundary;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jarway-retirement").factory());

    /** What there is, in the order in which it was made. Of the thread alone. */
    private final Set<LivePlugin> plugins = new LinkedHashSet<>();

    private final Set<LoadedPlugin> generations = new LinkedHashSet<>();

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
        });
    }

    /** Lets go of all that is not needed. */
    void retire(Needed needed, Duration closeLimit) {
        thread.execute(() -> {
            try {
                closePlugins(needed, closeLimit);
                closeGenerations(needed);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.error("Retirement failed; the next change tries again", e);
            }
        });
    }

    private void closePlugins(Needed needed, Duration closeLimit) throws InterruptedException {
        boolean busy = false;
        for (LivePlugin live : List.copyOf(plugins).reversed()) {
            if (!needed.plugins().contains(live)) {
                if (live.plugin().inside() > 0) {
                    busy = true;
                } else {
                    plugins.remove(live);
                    live.plugin().close(boundary, closeLimit);
                }
            }
        }
        if (busy) {
            var unused =
                    thread.schedule(() -> retire(needed, closeLimit), LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void closeGenerations(Needed needed) {
        Set<LoadedPlugin> used = new HashSet<>();
        plugins.forEach(live -> used.add(live.plugin().generation()));
        for (LoadedPlugin generation : List.copyOf(generations).reversed()) {
            if (needed.active().contains(generation)) {
                generation.activate();
                continue;
            }
            if (generation.state() == GenerationState.ACTIVE) {
                generation.drain();
            }
            if (used.contains(generation)) {
                continue;
            }
            if (needed.generations().contains(generation)) {
                generation.rest();
            } else {
                generations.remove(generation);
                unload(generation);
            }
        }
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
