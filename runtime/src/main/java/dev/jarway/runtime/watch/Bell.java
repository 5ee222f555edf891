package dev.jarway.runtime.watch;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one thread. Ringing often is the same as ringing once. */
final class Bell {
    private final Semaphore rings = new Semaphore(0);

    void ring() {
        rings.release();
    }

    /** Waits for a ring, at most for so long, and says whether there was one. */
    boolean await(long nanos) throws InterruptedException {
        boolean rung = rings.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        silence();
        return rung;
    }

    /** Forgets the rings until now. */
    void silence() {
        rings.drainPermits();
    }
}
