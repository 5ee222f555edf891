package dev.jarway.runtime.upstream;

import io.vertx.core.Vertx;

/** Notices when nothing has moved for a while. One timer that is set anew only when it fires, however much moves. */
final class IdleTimer {
    private final Vertx vertx;
    private final long nanos;
    private final Runnable idle;
    private long moved = System.nanoTime();
    private long timer;
    private boolean over;

    IdleTimer(Vertx vertx, long nanos, Runnable idle) {
        this.vertx = vertx;
        this.nanos = nanos;
        this.idle = idle;
        arm(nanos);
    }

    /** Something has moved. */
    void touch() {
        moved = System.nanoTime();
    }

    /** Nothing will move any more. */
    void cancel() {
        over = true;
        vertx.cancelTimer(timer);
    }

    private void arm(long nanosFromNow) {
        timer = vertx.setTimer(Math.max(1, nanosFromNow / 1_000_000), fired -> {
            long left = moved + nanos - System.nanoTime();
            if (over) {
                return;
            }
            if (left > 0) {
                arm(left);
            } else {
                idle.run();
            }
        });
    }
}
