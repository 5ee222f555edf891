package dev.jarway.runtime.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one watch. It looks when the file system reports something, when more can be seen, and at every rescan. */
final class WatchThread implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchThread.class);

    /** Events come in swarms; one look serves all that come within this time. */
    private static final Duration SWARM = Duration.ofMillis(20);

    private static final Duration JOIN = Duration.ofSeconds(5);

    private final Bell bell = new Bell();
    private final FolderEar ear = new FolderEar(bell);
    private final Watched watched;
    private final long rescan;
    private final Thread thread;
    private volatile boolean closed;

    WatchThread(String name, Watched watched, Duration rescan) {
        this.watched = watched;
        this.rescan = rescan.toNanos();
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Looks as soon as possible. */
    void wake() {
        bell.ring();
    }

    /** Ends the thread, and waits for that unless it is the current one. */
    @Override
    public void close() {
        closed = true;
        bell.ring();
        ear.close();
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            if (!thread.join(JOIN)) {
                log.warn("Thread {} is still busy after {}", thread.getName(), JOIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                // Listening comes first, so that what changes during the look rings.
                ear.listenTo(watched.folders(), watched.entries());
                long wait = Math.min(look(), rescan);
                if (bell.await(wait) && !closed) {
                    Thread.sleep(SWARM);
                    bell.silence();
                }
            }
        } catch (InterruptedException e) {
            log.warn("Thread {} was interrupted and ends", thread.getName());
        }
    }

    // Whatever goes wrong in one look may go right in the next.
    private long look() {
        try {
            return watched.look(System.nanoTime());
        } catch (RuntimeException | Error e) {
            log.error("Thread {} failed at one look and goes on", thread.getName(), e);
            return rescan;
        }
    }

    /** What the thread looks at. */
    interface Watched {

        /** Where events matter. */
        Set<Path> folders();

        /** Names of which it matters what stands there; other events beside them do not. */
        default Set<Path> entries() {
            return Set.of();
        }

        /** Looks, and says in how many nanoseconds another look will show more if nothing changes. */
        long look(long now);
    }
}
