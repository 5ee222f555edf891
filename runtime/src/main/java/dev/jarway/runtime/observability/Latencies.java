package dev.jarway.runtime.observability;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** The form of all histograms of times: microseconds up to an hour, each known to some six percent, in 4 KiB. */
final class Latencies {
    static final long LONGEST = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 1;

    private Latencies() {}

    /** One for one thread. */
    static Histogram own() {
        return new Histogram(LONGEST, DIGITS);
    }
}
