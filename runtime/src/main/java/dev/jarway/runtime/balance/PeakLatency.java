package dev.jarway.runtime.balance;

/**
 * How long an endpoint takes to answer, of late: a mean in which a sample counts the less the older it is. What is slower than
 * the mean is taken at once, what is faster bit by bit, so that an endpoint that begins to stall is avoided before many requests
 * have found out. Belongs to one event loop.
 */
final class PeakLatency {
    /** After that long, a sample counts a third of what it did. */
    private static final double MEMORY_NANOS = 10e9;

    private double nanos;
    private long measuredAt;
    private boolean measured;

    /** Takes a sample. */
    void add(long sampleNanos, long now) {
        double before = at(now);
        double kept = measured ? decay(now) : 0;
        nanos = sampleNanos > before ? sampleNanos : nanos * kept + sampleNanos * (1 - kept);
        measuredAt = now;
        measured = true;
    }

    /** Takes what would have been a sample of that or more. */
    void atLeast(long sampleNanos, long now) {
        if (sampleNanos > at(now)) {
            add(sampleNanos, now);
        }
    }

    /** What is to be expected. It falls while nothing is measured: an endpoint that was slow once is tried again. */
    double at(long now) {
        return measured ? nanos * decay(now) : 0;
    }

    private double decay(long now) {
        return Math.exp(-Math.max(0, now - measuredAt) / MEMORY_NANOS);
    }
}
