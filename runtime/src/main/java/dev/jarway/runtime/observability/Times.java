package dev.jarway.runtime.observability;

import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * A histogram of times that one thread writes, and any thread reads. That of HdrHistogram which may be read meanwhile has several
 * writers in mind and locks the memory bus twice for each value; with one writer nothing is lost without. It has the same form as
 * {@link Latencies#own}: each power of two of microseconds in 16 parts.
 */
final class Times {
    /** Up to here each microsecond is counted for itself. */
    private static final int FINE = 32;

    private static final int FINE_BITS = 5;
    private static final int PARTS_BITS = 4;

    private final AtomicLongArray counts = new AtomicLongArray(place(Latencies.LONGEST) + 1);

    /** Counts one time more. */
    void record(long nanos) {
        int place = place(Math.clamp(nanos / 1_000, 0, Latencies.LONGEST));
        counts.setRelease(place, counts.getPlain(place) + 1);
    }

    /** Adds what has been counted so far. */
    void addTo(Histogram histogram) {
        for (int i = 0; i < counts.length(); i++) {
            long count = counts.getAcquire(i);
            if (count > 0) {
                histogram.recordValueWithCount(least(i), count);
            }
        }
    }

    private static int place(long micros) {
        int shift = shift(micros);
        return (shift << PARTS_BITS) + (int) (micros >>> shift);
    }

    private static int shift(long micros) {
        return Long.SIZE - FINE_BITS - Long.numberOfLeadingZeros(micros | (FINE - 1));
    }

    /** The least time that is counted at a place. */
    private static long least(int place) {
        int shift = place < FINE ? 0 : (place >>> PARTS_BITS) - 1;
        return (long) (place - (shift << PARTS_BITS)) << shift;
    }
}
