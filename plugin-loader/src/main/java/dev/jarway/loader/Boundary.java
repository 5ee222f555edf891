package dev.jarway.loader;

import dev.jarway.plugin.PluginIdentity;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The line between the host and the code of plugins. Every call into a plugin crosses it, with the plugin's class loader
 * bound to the thread and for a limited time; what comes back is a result or a {@link PluginFault}. Safe from any thread.
 */
public final class Boundary implements AutoCloseable {
    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long a thread that was interrupted has to come to its end before it is left to itself. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Set<Crossing> crossings = ConcurrentHashMap.newKeySet();
    private final Thread watchdog = new Thread(this::watch, "jarway-watchdog");
    private volatile boolean closed;

    private Boundary() {}

    /** A boundary with its watchdog, a thread that sees to it that calls end in time. */
    public static Boundary open() {
        Boundary boundary = new Boundary();
        boundary.watchdog.setDaemon(true);
        boundary.watchdog.start();
        return boundary;
    }

    /** The calling thread's own crossing. To be closed when the thread needs it no more. */
    public Crossing crossing() {
        Crossing crossing = new Crossing(this);
        crossings.add(crossing);
        return crossing;
    }

    /**
     * Calls into a plugin on a thread made for that, and waits for the end. For what may block: making and closing plugins.
     * A thread that does not even end when it is interrupted is left behind.
     *
     * @throws PluginFault for whatever the plugin throws, and if its time is over
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public <T extends @Nullable Object> T callApart(
            PluginIdentity plugin, ClassLoader loader, String call, Duration limit, PluginCode<T> code)
            throws PluginFault, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (Crossing crossing = crossing()) {
                        result.complete(crossing.call(plugin, loader, call, limit.toNanos(), code));
                    } catch (Throwable fault) {
                        result.completeExceptionally(fault);
                    }
                },
                "jarway-" + call + "-" + plugin);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        try {
            return result.get(limit.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw PluginFault.timedOut(plugin, call, limit);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginFault fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    void forget(Crossing crossing) {
        crossings.remove(crossing);
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(WATCH_NANOS);
            crossings.forEach(Crossing::cutIfLate);
        }
    }

    /** Ends the watchdog. Calls that are under way are watched no more. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watchdog);
    }
}
