package dev.jarway.runtime.observability;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * What one event loop has counted of one version. That loop alone writes, any thread may read: so writing never waits for a
 * reader or another loop.
 */
public final class LoopTally {
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final Times calls = new Times();
    private final Times requests = new Times();

    private boolean marked;
    private boolean markedAsFailed;

    LoopTally() {}

    /** A call of one of the version's methods has taken that long, waiting included. */
    public void called(long nanos) {
        calls.record(nanos);
    }

    /** A call has thrown, answered wrongly, or was late. */
    public void failed(boolean late) {
        increment(late ? timeouts : faults);
    }

    /**
     * Says that the exchange which is ending has run the version. If it has done so in several places this is called for
     * each, so that {@link #count} counts it once.
     *
     * @param failed whether the version failed there
     */
    public void mark(boolean failed) {
        marked = true;
        markedAsFailed |= failed;
    }

    /** Counts the exchange, if it has been marked and not been counted. */
    public void count(boolean failed, long nanos) {
        if (marked) {
            requests.record(nanos);
            if (failed || markedAsFailed) {
                increment(failures);
            }
            marked = false;
            markedAsFailed = false;
        }
    }

    /** There is one writer, so that nothing is lost between the two. */
    private static void increment(AtomicLong count) {
        count.lazySet(count.getPlain() + 1);
    }

    Figures read() {
        Histogram called = Latencies.own();
        Histogram ended = Latencies.own();
        calls.addTo(called);
        long failed = failures.get();
        requests.addTo(ended);
        return new Figures(failed, faults.get(), timeouts.get(), called, ended);
    }
}
