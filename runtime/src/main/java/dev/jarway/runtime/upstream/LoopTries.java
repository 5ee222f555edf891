package dev.jarway.runtime.upstream;

import java.util.concurrent.atomic.AtomicLong;

/** What one event loop has tried of one service. Written by that event loop alone; other threads may read the counts. */
final class LoopTries {
    /** After that long, a request counts a third of what it did. */
    private static final double MEMORY_NANOS = 10e9;

    private final AtomicLong granted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private long fresh;
    private double requests;
    private double retries;
    private long agedAt;

    LoopTries(long now) {
        this.agedAt = now;
    }

    void request() {
        fresh++;
    }

    /** Whether that share of the requests of late allows one more. */
    boolean take(double share, long now) {
        age(now);
        if (retries + 1 > requests * share) {
            return false;
        }
        retries++;
        return true;
    }

    /** Lets what was counted fade. What is fresh is taken to have come evenly since the last time. */
    private void age(long now) {
        double gone = Math.max(0, now - agedAt) / MEMORY_NANOS;
        double kept = Math.exp(-gone);
        requests = requests * kept + fresh * (gone == 0 ? 1 : (1 - kept) / gone);
        retries *= kept;
        fresh = 0;
        agedAt = now;
    }

    void count(boolean isGranted) {
        AtomicLong count = isGranted ? granted : refused;
        count.setRelease(count.getPlain() + 1);
    }

    long granted() {
        return granted.getAcquire();
    }

    long refused() {
        return refused.getAcquire();
    }
}
