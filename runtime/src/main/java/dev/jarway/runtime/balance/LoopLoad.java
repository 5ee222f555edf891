package dev.jarway.runtime.balance;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one event loop has to do with one endpoint. Written by that event loop alone, without locked instructions; other threads
 * may read the counts, as of a moment ago.
 */
final class LoopLoad {
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final PeakLatency latency = new PeakLatency();

    /** What it has gained in weighted turns. Kept here, so that turns go on when the endpoints around it change. */
    long turn;

    void begin() {
        underWay.setRelease(underWay.getPlain() + 1);
        requests.setRelease(requests.getPlain() + 1);
    }

    void end() {
        underWay.setRelease(underWay.getPlain() - 1);
    }

    void fail() {
        failures.setRelease(failures.getPlain() + 1);
    }

    int underWay() {
        return underWay.getAcquire();
    }

    long requests() {
        return requests.getAcquire();
    }

    long failures() {
        return failures.getAcquire();
    }

    PeakLatency latency() {
        return latency;
    }
}
