package dev.jarway.soak.load;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * The schedule of an open-loop load: what is due is begun when it is due, whatever has become of what was begun before. It
 * hands out the moment at which each thing was due, and from there times are measured; so an answer that comes late makes
 * no later request look better. Started and stopped on one event loop, and things are begun there; a thread of its own keeps
 * the time, since an event loop with a timer that is never more than a moment away does not sleep, and takes a processor
 * from the gateway.
 */
final class Beat {
    private final Vertx vertx;
    private final double perSecond;
    private final LongConsumer begin;
    private volatile boolean stopped;

    Beat(Vertx vertx, double perSecond, LongConsumer begin) {
        this.vertx = vertx;
        this.perSecond = perSecond;
        this.begin = begin;
    }

    void start() {
        Context context = vertx.getOrCreateContext();
        Thread.ofPlatform().daemon().name("beat").start(() -> keepTime(context));
    }

    private void keepTime(Context loop) {
        long started = System.nanoTime();
        for (long count = 0; !stopped; count++) {
            long due = started + Math.round(count / perSecond * TimeUnit.SECONDS.toNanos(1));
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            loop.runOnContext(unused -> begin(due));
        }
    }

    private void begin(long due) {
        if (!stopped) {
            begin.accept(due);
        }
    }

    void stop() {
        stopped = true;
    }
}
