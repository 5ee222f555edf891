package dev.jarway.soak.measure;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** What became of all that was sent. Safe for use by several threads. */
public final class Ledger {
    private final Marks marks;
    private final SwapClock swaps;
    private final Duration drainDeadline;
    private final Map<Kind, KindTally> tallies = new EnumMap<>(Kind.class);
    private final AtomicLong lastAnswer = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGap = new AtomicLong();

    /**
     * Nothing sent yet.
     *
     * @param drainDeadline after which the gateway may end streams on what has been replaced
     */
    public Ledger(Marks marks, SwapClock swaps, Duration drainDeadline) {
        this.marks = marks;
        this.swaps = swaps;
        this.drainDeadline = drainDeadline;
        for (Kind kind : Kind.values()) {
            tallies.put(kind, new KindTally());
        }
    }

    /** Of one kind. */
    public KindTally of(Kind kind) {
        KindTally tally = tallies.get(kind);
        if (tally == null) {
            throw new IllegalStateException("no tally of " + kind);
        }
        return tally;
    }

    /**
     * Notes what is being sent now.
     *
     * @param due when it ought to have been sent, by {@link System#nanoTime}
     */
    public Attempt begin(Kind kind, long due) {
        KindTally tally = of(kind);
        tally.requests.incrementAndGet();
        tally.open.incrementAndGet();
        return new Attempt(this, tally, due, marks.floor());
    }

    /** Notes that something was ended which should have gone on. */
    public void cut(Kind kind, String reason) {
        of(kind).cut.incrementAndGet();
        of(kind).reason("cut: " + reason);
    }

    /**
     * Notes that the gateway has ended a stream: by design if it did so properly and after the drain deadline, else the
     * stream was cut.
     *
     * @param opened when, by {@link System#nanoTime}
     * @param proper whether it was told in the way of its protocol
     * @param how what the client saw
     */
    public void streamEnded(Kind kind, long opened, boolean proper, String how) {
        long now = System.nanoTime();
        boolean due = swaps.replacedAtTheEarliest(opened).stream()
                .anyMatch(replaced -> now - replaced >= drainDeadline.toNanos());
        if (due && proper) {
            of(kind).endedByDeadline.incrementAndGet();
        } else {
            cut(kind, how + (due ? "" : ", before the drain deadline"));
        }
    }

    /** Notes that a kept connection was closed while there was no request on it. */
    public void closedIdle(Kind kind) {
        of(kind).closedIdle.incrementAndGet();
    }

    /** How much is still to be answered. */
    public long open() {
        return tallies.values().stream().mapToLong(KindTally::open).sum();
    }

    /** Takes for failed what is still to be answered: the run is over. */
    public void abandonOpen() {
        tallies.values().forEach(tally -> {
            long open = tally.open.getAndSet(0);
            if (open > 0) {
                tally.failed.addAndGet(open);
                tally.reason("failed: " + open + " never answered");
            }
        });
    }

    /** All kinds together. */
    public long sum(ToLongFunction<KindTally> figure) {
        return tallies.values().stream().mapToLong(figure).sum();
    }

    /** The longest time without any answer of the quick kinds, in nanoseconds. */
    public long longestGap() {
        return longestGap.get();
    }

    /** All quick kinds together, while nothing was swapped. */
    public Histogram steady() {
        Histogram all = new Histogram(3);
        tallies.values().forEach(tally -> all.add(tally.steady));
        return all;
    }

    /** All quick kinds together, of what was under way during a swap. */
    public Histogram inSwap() {
        Histogram all = new Histogram(3);
        tallies.values().forEach(tally -> all.add(tally.inSwap));
        return all;
    }

    Marks marks() {
        return marks;
    }

    void timed(KindTally tally, long due) {
        long now = System.nanoTime();
        long before = lastAnswer.getAndSet(now);
        longestGap.accumulateAndGet(now - before, Math::max);
        if (swaps.overlaps(due)) {
            tally.inSwap.recordValue(Math.max(0, now - due));
        } else if (!swaps.hasBegun()) {
            tally.steady.recordValue(Math.max(0, now - due));
        }
    }
}
