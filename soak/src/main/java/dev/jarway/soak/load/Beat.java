package dev.jarway.soak.load;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * The schedule of an open-loop load: what is due is begun when it is due, whatever has become of what was begun before. It
 * hands out the moment at which each thing was due, and from there times are measured; so an answer that comes late makes
 * no later request look better. Of one event loop.
 */
final class Beat {
    private static final long LOOK_EVERY_MILLIS = 1;

    private final Vertx vertx;
    private final double perSecond;
    private final LongConsumer begin;
    private long timer = -1;
    private long started;
    private long count;

    Beat(Vertx vertx, double perSecond, LongConsumer begin) {
        this.vertx = vertx;
        this.perSecond = perSecond;
        this.begin = begin;
    }

    void start() {
        started = System.nanoTime();
        timer = vertx.setPeriodic(LOOK_EVERY_MILLIS, unused -> look());
    }

    private void look() {
        for (long due = next(); due - System.nanoTime() <= 0; due = next()) {
            count++;
            begin.accept(due);
        }
    }

    private long next() {
        return started + Math.round(count / perSecond * TimeUnit.SECONDS.toNanos(1));
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
