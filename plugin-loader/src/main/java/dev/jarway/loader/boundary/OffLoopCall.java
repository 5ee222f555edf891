package dev.jarway.loader.boundary;

import dev.jarway.loader.guard.CutThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call into a plugin on a thread of its own. */
final class OffLoopCall<T extends @Nullable Object> {
    /** What a call gets after it was interrupted, to end by itself. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Callee callee;
    private final String what;
    private final Duration limit;
    private final Callable<T> body;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Object cutting = new Object();

    // Written by the call's thread, read after ended.
    private @Nullable Answer<T> answer;
    private @Nullable PluginFault fault;

    OffLoopCall(Callee callee, String what, Duration limit, Callable<T> body) {
        this.callee = callee;
        this.what = what;
        this.limit = limit;
        this.body = body;
        thread = new Thread(this::run, "jarway-call " + callee.identity() + " " + what);
        thread.setDaemon(true);
        thread.setContextClassLoader(callee.classLoader());
    }

    T answer() {
        thread.start();
        if (!endsWithin(limit)) {
            StackTraceElement[] stack = thread.getStackTrace();
            cut();
            throw endsWithin(GRACE)
                    ? PluginFault.timedOut(callee.identity(), what, limit, stack)
                    : PluginFault.stuck(callee.identity(), what, limit, thread.getStackTrace());
        }
        if (fault != null) {
            throw fault;
        }
        return Objects.requireNonNull(answer).value();
    }

    private void run() {
        try {
            answer = new Answer<>(body.call());
        } catch (Throwable e) {
            fault = PluginFault.threw(callee.identity(), what, e);
        } finally {
            synchronized (cutting) {
                ended.countDown();
                CutThreads.remove(thread);
            }
        }
    }

    private void cut() {
        synchronized (cutting) {
            if (ended.getCount() > 0) {
                CutThreads.add(thread);
                thread.interrupt();
            }
        }
    }

    // The wait is short and bounded, so the caller's own interrupt can wait until it is over.
    private boolean endsWithin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the call came back with, which may be nothing. */
    private record Answer<T extends @Nullable Object>(T value) {}
}
