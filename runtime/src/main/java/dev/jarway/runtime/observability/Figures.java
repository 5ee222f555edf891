package dev.jarway.runtime.observability;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How a version did in some span of time. Immutable.
 *
 * <p>A request counts as failed if it was answered with 500 or more, if it ended for a plugin's failure, or if the version
 * itself failed in it, even where the entry's {@code onFailure} is open.
 */
public final class Figures {
    /** Nothing happened. */
    public static final Figures NONE = new Figures(0, 0, 0, Latencies.own(), Latencies.own());

    private final long failures;
    private final long faults;
    private final long timeouts;
    private final Histogram calls;
    private final Histogram requests;

    Figures(long failures, long faults, long timeouts, Histogram calls, Histogram requests) {
        this.failures = failures;
        this.faults = faults;
        this.timeouts = timeouts;
        this.calls = calls;
        this.requests = requests;
    }

    /** How many requests have run the version and are over. */
    public long requests() {
        return requests.getTotalCount();
    }

    /** How many of these failed. */
    public long failures() {
        return failures;
    }

    /** From 0 to 1; 0 if there was no request. */
    public double errorShare() {
        return requests() == 0 ? 0 : (double) failures / requests();
    }

    /** How many of the version's calls threw or answered wrongly. */
    public long faults() {
        return faults;
    }

    /** How many of the version's calls did not end in time. */
    public long timeouts() {
        return timeouts;
    }

    /** How many calls of the version's methods there were. */
    public long calls() {
        return calls.getTotalCount();
    }

    /** How long a call took, waiting included, at that percentile; to some six percent. */
    public Duration callTime(double percentile) {
        return at(calls, percentile);
    }

    /** How long a request took, from its arrival to its end, at that percentile; to some six percent. */
    public Duration requestTime(double percentile) {
        return at(requests, percentile);
    }

    private static Duration at(Histogram histogram, double percentile) {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(
                histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile)));
    }

    /** These and others. */
    public Figures plus(Figures others) {
        if (this == NONE) {
            return others;
        }
        Histogram called = calls.copy();
        Histogram ended = requests.copy();
        called.add(others.calls);
        ended.add(others.requests);
        return new Figures(
                failures + others.failures, faults + others.faults, timeouts + others.timeouts, called, ended);
    }

    /** What came after earlier figures of the same tally. */
    public Figures since(Figures earlier) {
        if (earlier == NONE) {
            return this;
        }
        Histogram called = calls.copy();
        Histogram ended = requests.copy();
        called.subtract(earlier.calls);
        ended.subtract(earlier.requests);
        return new Figures(
                failures - earlier.failures, faults - earlier.faults, timeouts - earlier.timeouts, called, ended);
    }
}
