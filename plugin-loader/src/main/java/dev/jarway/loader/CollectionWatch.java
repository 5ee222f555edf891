package dev.jarway.loader;

import dev.jarway.loader.heap.Marked;
import dev.jarway.loader.holder.LeakReport;
import dev.jarway.loader.holder.Places;
import dev.jarway.loader.holder.Suspect;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch over closed generations, until the garbage collector has taken them. While it waits for one it asks for
 * collections, less and less often, and within a budget. What has outlived the limit, and some collections after that, is
 * searched for its holder. A zombie stays under watch.
 */
final class CollectionWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CollectionWatch.class);
    private static final long POLL_MILLIS = 20;
    private static final long ZOMBIE_POLL_MILLIS = 1_000;

    /** A collection beside running requests may leave behind what nothing holds, if it is young: one proves nothing. */
    private static final int ENOUGH_COLLECTIONS = 5;

    private final Duration limit;
    private final Places places;
    private final ReferenceQueue<Suspect> queue = new ReferenceQueue<>();
    private final Map<LoadedPlugin, Watched> watched = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "jarway-collection-watch");

    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean closed;

    CollectionWatch(Duration limit, Places places) {
        this.limit = limit;
        this.places = places;
        thread.setDaemon(true);
        thread.setContextClassLoader(CollectionWatch.class.getClassLoader());
        thread.start();
    }

    /** Watches a generation that has just been closed. */
    void watch(LoadedPlugin plugin, Suspect suspect) {
        watched.put(plugin, new Watched(plugin, suspect, queue, System.nanoTime() + limit.toNanos()));
        LockSupport.unpark(thread);
    }

    /** Watches it for another round, if it is there still, and tells the end of the round. */
    CompletableFuture<GenerationState> again(LoadedPlugin plugin) {
        Watched found = watched.get(plugin);
        if (found == null) {
            return CompletableFuture.completedFuture(plugin.state());
        }
        var end = found.again(System.nanoTime() + limit.toNanos());
        asked.set(true);
        LockSupport.unpark(thread);
        return end;
    }

    /** What tells the generation's class loader in a heap dump, unless it is collected. */
    Optional<Marked> mark(LoadedPlugin plugin) {
        return Optional.ofNullable(watched.get(plugin)).map(Watched::mark);
    }

    /** The generations that are closed and not collected. */
    Set<LoadedPlugin> uncollected() {
        return watched.keySet().stream()
                .filter(plugin -> plugin.state() != GenerationState.COLLECTED) // It is just being taken off the watch.
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        CollectionPace pace = new CollectionPace(limit, System.nanoTime());
        while (!closed) {
            park();
            long now = System.nanoTime();
            boolean wanted = asked.getAndSet(false);
            boolean pending = anyPending();
            if (wanted || !pending) {
                pace.restart();
            }
            boolean due = wanted || (anyOverdue(now) && pace.isDueBeyondLimit(now)) || (pending && pace.isDue(now));
            if (due) {
                System.gc();
                pace.collected(now);
            }
            look(now, due);
        }
    }

    // A search that fails must not end the watch over all the others.
    private void look(long now, boolean collected) {
        try {
            takeCollected();
            if (collected) {
                judgeOverdue(now);
            }
        } catch (RuntimeException | Error e) {
            log.error("The watch over closed plugins failed once and goes on", e);
        }
    }

    /** A verdict is on what collections have left behind. Those for one generation count for all. */
    private void judgeOverdue(long now) {
        for (Watched it : watched.values()) {
            if (it.overdue(now) && it.outlived() >= ENOUGH_COLLECTIONS) {
                search(it);
            }
        }
    }

    private void park() {
        if (watched.isEmpty()) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(anyPending() ? POLL_MILLIS : ZOMBIE_POLL_MILLIS));
        }
    }

    private boolean anyPending() {
        return watched.values().stream().anyMatch(Watched::pending);
    }

    private boolean anyOverdue(long now) {
        return watched.values().stream().anyMatch(it -> it.overdue(now));
    }

    private void takeCollected() {
        for (Reference<?> taken; (taken = queue.poll()) != null; ) {
            if (taken instanceof Watched collected) {
                collected.end(GenerationState.COLLECTED, collected.plugin().leakReport());
                watched.remove(
                        collected.plugin()); // Not sooner: who does not find it here takes its state for its end.
                log.info("Collected plugin {}", collected.plugin());
            }
        }
    }

    private void search(Watched overdue) {
        var plugin = overdue.plugin();
        var report = overdue.suspect()
                .map(suspect -> places.search(suspect, plugin.leakReport()))
                .orElse(plugin.leakReport());
        log.warn("Plugin {} is closed but not collected; held by {}", plugin, holder(overdue, report));
        overdue.end(GenerationState.ZOMBIE, report);
    }

    private static Object holder(Watched overdue, LeakReport report) {
        if (overdue.suspect().isEmpty()) {
            return "a finalizer of its own that has not come to its end, or has kept it";
        }
        return report.holders().isEmpty() ? "something that a heap dump can tell" : report.holders();
    }
}
