package dev.jarway.loader.boundary;

import dev.jarway.loader.guard.CutThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's way into plugins and back, made once and used for call after call without allocating anything.
 *
 * <pre>{@code
 * crossing.enter(plugin, limitNanos);
 * try {
 *     return filter.onRequestHeaders(request);
 * } catch (Throwable e) {
 *     fault = PluginFault.threw(plugin.identity(), "onRequestHeaders", e);
 * } finally {
 *     cut = crossing.exit();
 * }
 * }</pre>
 *
 * <p>Used by one thread at a time, and not re-entrant: a call that comes out of a plugin does not go straight into another.
 *
 * <p>The caller and the watchdog agree over {@code word}: a call's number, and in its two lowest bits where the call is. The
 * caller's last step is an exchange of INSIDE for OUTSIDE, the watchdog's first an exchange of INSIDE for CUTTING. Only one
 * of them succeeds for one number, and a caller that loses waits for CUT and exchanges that for OUTSIDE. So no interrupt comes
 * after {@code exit}.
 */
public final class Crossing implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Crossing.class);

    private static final long OUTSIDE = 0;
    private static final long INSIDE = 1;
    private static final long CUTTING = 2;
    private static final long CUT = 3;
    private static final long PLACE = 3;
    private static final long NEXT_CALL = 4;
    private static final long REPEAT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final StackTraceElement[] NO_STACK = {};

    private final Boundary boundary;

    private final AtomicLong word = new AtomicLong(OUTSIDE);

    // The caller's, published by the release of word.
    private long call;
    private long limitNanos;
    private @Nullable Thread thread;
    private @Nullable Callee callee;
    private @Nullable ClassLoader outerLoader;

    // The watchdog's.
    private long seenCall;
    private long seenAt;
    private StackTraceElement[] cutStack = NO_STACK;

    Crossing(Boundary boundary) {
        this.boundary = boundary;
    }

    /**
     * Binds the plugin's class loader to the current thread and starts the call's time.
     *
     * @param limitNanos how long the call may last; kept to within some 40 ms
     * @throws IllegalStateException if a call is under way, or if the generation is closed
     */
    public void enter(Callee callee, long limitNanos) {
        if (this.callee != null) {
            throw new IllegalStateException("plugin " + callee.identity() + ": called from inside "
                    + this.callee.identity() + " (expected: one call at a time)");
        }
        ClassLoader loader = callee.classLoader();
        Thread current = Thread.currentThread();
        this.callee = callee;
        this.limitNanos = limitNanos;
        thread = current;
        outerLoader = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        call += NEXT_CALL;
        word.setRelease(call | INSIDE);
    }

    /**
     * Ends the call and puts the thread's context class loader back.
     *
     * @return whether the call was cut off because it lasted too long; whatever it answered or threw is then worth nothing
     */
    public boolean exit() {
        Thread current = Objects.requireNonNull(thread, "exit without enter");
        boolean cut = !word.compareAndSet(call | INSIDE, call | OUTSIDE);
        if (cut) {
            leaveCut(current);
        }
        current.setContextClassLoader(outerLoader);
        outerLoader = null;
        thread = null;
        callee = null;
        return cut;
    }

    /** Whether a call is under way. */
    public boolean inside() {
        return callee != null;
    }

    /** Where the last call that was cut off was at that time; empty if none was. */
    public StackTraceElement[] cutStack() {
        return cutStack.clone();
    }

    /** The crossing is not used any more. */
    @Override
    public void close() {
        boundary.forget(this);
    }

    // The exchange takes the call from the watchdog, which may be about to interrupt it once more.
    private void leaveCut(Thread current) {
        while (!word.compareAndSet(call | CUT, call | OUTSIDE)) {
            Thread.onSpinWait();
        }
        CutThreads.remove(current);
        Thread.interrupted();
    }

    /** Called by the watchdog, again and again. */
    void watch(long now) {
        long seen = word.getAcquire();
        long place = seen & PLACE;
        if (place == OUTSIDE) {
            return;
        }
        long number = seen - place;
        if (number != seenCall) {
            seenCall = number;
            seenAt = now;
            return;
        }
        // The limit read here may be a later call's already; then the exchange fails, for the number has changed.
        long limit = place == INSIDE ? limitNanos : REPEAT_NANOS;
        if (now - seenAt >= limit && word.compareAndSet(seen, number | CUTTING)) {
            seenAt = now;
            cut(number, place == INSIDE);
        }
    }

    private void cut(long number, boolean first) {
        Thread running = Objects.requireNonNull(thread);
        var identity = Objects.requireNonNull(callee).identity();
        long limitMillis = Duration.ofNanos(limitNanos).toMillis();
        try {
            cutStack = running.getStackTrace();
            CutThreads.add(running);
            running.interrupt();
        } finally {
            // Whatever happens here, the caller must not wait for ever.
            word.setRelease(number | CUT);
        }
        if (first) {
            log.warn("Cut off a call into plugin {} on {} after {} ms", identity, running, limitMillis);
        } else {
            String where = cutStack.length == 0 ? "unknown" : cutStack[0].toString();
            log.error("A call into plugin {} on {} does not end; it blocks at {}", identity, running, where);
        }
    }
}
