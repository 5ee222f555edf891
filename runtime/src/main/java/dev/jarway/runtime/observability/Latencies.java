package dev.jarway.runtime.observability;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** The form of all histograms of times: microseconds up to an hour, each known to some six percent, in 4 KiB. */
final class Latencies {
    private static final long LONGEST = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 1;

    private Latencies() {}

    /** One that its writer and its readers may use at once. */
    static AtomicHistogram shared() {
        return new AtomicHistogram(LONGEST, DIGITS);
    }

    /** One for one thread. */
    static Histogram own() {
        return new Histogram(LONGEST, DIGITS);
    }

    static void record(AtomicHistogram histogram, long nanos) {
        histogram.recordValue(Math.min(LONGEST, Math.max(0, nanos / 1_000)));
    }
}
