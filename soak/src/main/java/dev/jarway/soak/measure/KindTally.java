package dev.jarway.soak.measure;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** What became of one kind of traffic. Safe for use by several threads. */
public final class KindTally {
    private static final int REASONS_KEPT = 3;

    final AtomicLong requests = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong cut = new AtomicLong();
    final AtomicLong stale = new AtomicLong();
    final AtomicLong endedByDeadline = new AtomicLong();
    final AtomicLong closedIdle = new AtomicLong();
    final AtomicLong open = new AtomicLong();
    final Histogram steady = new SynchronizedHistogram(3);
    final Histogram inSwap = new SynchronizedHistogram(3);
    private final Queue<String> reasons = new ConcurrentLinkedQueue<>();

    /** What has been sent: requests, messages of a WebSocket, events that had to come. */
    public long requests() {
        return requests.get();
    }

    /** What was answered wrongly, or not at all. */
    public long failed() {
        return failed.get();
    }

    /** Streams and connections that were ended while they should have gone on, or not as they should be. */
    public long cut() {
        return cut.get();
    }

    /** Answers older than what was acknowledged before they were asked for. */
    public long stale() {
        return stale.get();
    }

    /** Streams that were ended properly, after the drain deadline. */
    public long endedByDeadline() {
        return endedByDeadline.get();
    }

    /** Connections that were kept open for further requests, and closed by the gateway while there was none. */
    public long closedIdle() {
        return closedIdle.get();
    }

    /** What is still to be answered. */
    public long open() {
        return open.get();
    }

    /** Nanoseconds from when it was due to its answer, while nothing was swapped. */
    public Histogram steady() {
        return steady;
    }

    /** The same, of what was under way during a swap. */
    public Histogram inSwap() {
        return inSwap;
    }

    /** The first few reasons why something failed, was cut or was stale: a few of each. */
    public Queue<String> reasons() {
        return reasons;
    }

    /** The sort is its first word. */
    void reason(String reason) {
        String sort = reason.substring(0, reason.indexOf(':'));
        if (reasons.stream().filter(kept -> kept.startsWith(sort)).count() < REASONS_KEPT) {
            reasons.add(reason);
        }
    }
}
