package dev.jarway.loader;

import dev.jarway.loader.leak.Holders;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch over closed class loaders: each is seen to be collected, or reported as a zombie together with what holds it. Its
 * thread asks for a collection now and then, but only while there is something to wait for.
 */
final class LeakWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeakWatch.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration FIRST_COLLECTION = Duration.ofSeconds(2);

    private final Duration patience;
    private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::watch, "jarway-leak-watch");
    private volatile boolean closed;
    private long collectedAt;

    private static final class Watched extends PhantomReference<ClassLoader> {
        private final LoadedPlugin plugin;
        private final WeakReference<ClassLoader> loader;
        private final long since = System.nanoTime();

        Watched(LoadedPlugin plugin, ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
            super(loader, queue);
            this.plugin = plugin;
            this.loader = new WeakReference<>(loader);
        }
    }

    private LeakWatch(Duration patience) {
        this.patience = patience;
    }

    static LeakWatch start(Duration patience) {
        LeakWatch watch = new LeakWatch(patience);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** Watches the loader of a plugin that has been closed. */
    void watch(LoadedPlugin plugin, ClassLoader loader) {
        watched.add(new Watched(plugin, loader, gone));
    }

    private void watch() {
        try {
            while (!closed) {
                if (gone.remove(LOOK.toMillis()) instanceof Watched collected) {
                    watched.remove(collected);
                    collected.plugin.collected();
                    log.info("Plugin {} is gone: its classes have been collected", collected.plugin);
                } else if (!watched.isEmpty()) {
                    look(System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Closed.
        }
    }

    private void look(long now) {
        boolean waiting = false;
        for (Watched reference : watched) {
            Duration age = Duration.ofNanos(now - reference.since);
            if (reference.plugin.state() == GenerationState.CLOSED) {
                waiting |= age.compareTo(FIRST_COLLECTION) > 0;
                if (age.compareTo(patience) > 0) {
                    report(reference);
                }
            }
        }
        if (waiting && now - collectedAt > FIRST_COLLECTION.toNanos()) {
            collectedAt = now;
            System.gc();
        }
    }

    /** A zombie stays watched: whatever holds it may let go later. */
    private static void report(Watched reference) {
        ClassLoader loader = reference.loader.get();
        List<String> holders = loader == null ? List.of() : Holders.find(loader);
        reference.plugin.zombie(new LeakReport(holders));
        log.warn(
                "Plugin {} is a zombie: its classes are still held by {}",
                reference.plugin,
                holders.isEmpty() ? "something that was not found" : holders);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
