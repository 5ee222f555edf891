package dev.jarway.loader.boundary;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line between host and plugins. Every call into a plugin crosses it, either by a {@link Crossing} of the calling thread,
 * or on a thread of its own.
 */
public final class Boundary implements AutoCloseable {
    private static final long PERIOD_NANOS = Duration.ofMillis(20).toNanos();

    private static final Logger log = LoggerFactory.getLogger(Boundary.class);

    private final Set<Crossing> crossings = ConcurrentHashMap.newKeySet();
    private final Thread watchdog = new Thread(this::watch, "jarway-watchdog");

    private volatile boolean closed;

    public Boundary() {
        watchdog.setDaemon(true);
        // Threads take over the context class loader of whoever made them, which may be anybody's.
        watchdog.setContextClassLoader(Boundary.class.getClassLoader());
        watchdog.start();
    }

    /** A new crossing, watched until it is closed. */
    public Crossing crossing() {
        var crossing = new Crossing(this);
        crossings.add(crossing);
        LockSupport.unpark(watchdog);
        return crossing;
    }

    /**
     * Calls on a fresh thread and waits for the answer; for what may block, such as {@code create} and {@code close}. Past
     * the limit the thread is interrupted and its loops are cut; if even that does not end it, it is left behind.
     *
     * @param what the method, as in {@code create}
     * @throws PluginFault if the call threw or lasted too long
     */
    public <T extends @Nullable Object> T call(Callee callee, String what, Duration limit, Callable<T> body) {
        return new OffLoopCall<>(callee, what, limit, body).answer();
    }

    /** Ends the watchdog. Calls that are under way are not limited any more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watchdog);
    }

    void forget(Crossing crossing) {
        crossings.remove(crossing);
    }

    private void watch() {
        while (!closed) {
            if (crossings.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            LockSupport.parkNanos(this, PERIOD_NANOS);
            long now = System.nanoTime();
            crossings.forEach(crossing -> watch(crossing, now));
        }
    }

    // Without the watchdog no call has a limit, so nothing may end it, an OutOfMemoryError least of all.
    private static void watch(Crossing crossing, long now) {
        try {
            crossing.watch(now);
        } catch (RuntimeException | Error e) {
            log.error("The watchdog failed at one call and goes on", e);
        }
    }
}
