package dev.jarway.loader;

import dev.jarway.loader.guard.CutThreads;
import dev.jarway.plugin.PluginIdentity;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One thread's way over the {@link Boundary} into plugins and back. It binds the context class loader for the time of a call,
 * and ends the call when its time is over. Used by its thread alone, apart from the watchdog.
 *
 * <p>A call costs two writes to the thread's own cache line. The state says who may do what: a positive one is the deadline
 * of the call that the thread is in; the watchdog turns that into {@code CUTTING} before it interrupts and into {@code CUT}
 * after, and the thread does not leave in between. So no interrupt arrives after the call.
 */
public final class Crossing implements AutoCloseable {
    private static final long ORIGIN = System.nanoTime();
    private static final long OUTSIDE = 0;
    private static final long CUTTING = -1;
    private static final long CUT = -2;

    private final Boundary boundary;
    private final Thread thread = Thread.currentThread();
    private final AtomicLong state = new AtomicLong(OUTSIDE);

    Crossing(Boundary boundary) {
        this.boundary = boundary;
    }

    /**
     * Calls into a plugin.
     *
     * @param call what is called, by its name in the contract
     * @param nanos the most that it may take; at least a nanosecond is given
     * @throws PluginFault for whatever the plugin throws, and if its time is over
     */
    @SuppressWarnings("NullAway") // The result is null only where the code may return that.
    public <T extends @Nullable Object> T call(
            PluginIdentity plugin, ClassLoader loader, String call, long nanos, PluginCode<T> code) throws PluginFault {
        if (state.getOpaque() != OUTSIDE) {
            return within(plugin, loader, call, code);
        }
        long deadline = clock() + Math.max(1, nanos);
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        state.setRelease(deadline);
        @Nullable T result = null;
        Throwable thrown = null;
        try {
            result = code.run();
        } catch (Throwable t) {
            thrown = t;
        }
        boolean cut = leave(deadline);
        thread.setContextClassLoader(before);
        if (cut) {
            throw PluginFault.timedOut(plugin, call, Duration.ofNanos(nanos));
        }
        if (thrown != null) {
            throw PluginFault.threw(plugin, call, thrown);
        }
        return result;
    }

    /** A call out of a call: the deadline of the outer one stands. */
    private <T extends @Nullable Object> T within(
            PluginIdentity plugin, ClassLoader loader, String call, PluginCode<T> code) throws PluginFault {
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.run();
        } catch (Throwable t) {
            throw PluginFault.threw(plugin, call, t);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Comes back, and says whether the call was cut. */
    private boolean leave(long deadline) {
        if (state.compareAndSet(deadline, OUTSIDE)) {
            return false;
        }
        while (!state.compareAndSet(CUT, OUTSIDE)) {
            Thread.onSpinWait();
        }
        CutThreads.remove(thread);
        Thread.interrupted();
        return true;
    }

    /** Called by the watchdog: interrupts the call if its time is over, and again each time after that. */
    void cutIfLate() {
        long seen = state.get();
        boolean late = seen == CUT || (seen > OUTSIDE && clock() > seen);
        if (late && state.compareAndSet(seen, CUTTING)) {
            CutThreads.add(thread);
            thread.interrupt();
            state.set(CUT);
        }
    }

    private static long clock() {
        return System.nanoTime() - ORIGIN + 1;
    }

    /** The thread will not call plugins any more. */
    @Override
    public void close() {
        boundary.forget(this);
    }
}
