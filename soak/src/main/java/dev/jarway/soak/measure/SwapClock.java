package dev.jarway.soak.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** When swaps were under way, and how long each took. Safe for use by several threads. */
public final class SwapClock {
    private static final long UNDER_WAY = Long.MAX_VALUE;
    /** One of code and one of configuration, and some that have just ended. */
    private static final int MOST_AT_ONCE = 8;

    private final Map<Way, SynchronizedHistogram> times = new EnumMap<>(Way.class);
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrentNavigableMap<Long, Long> endings = new ConcurrentSkipListMap<>();
    private volatile long lastEnd = Long.MIN_VALUE;

    /** A way of changing a gateway. */
    public enum Way {
        /** A JAR sent to the admin endpoint, until the answer that it is live. */
        UPLOAD,
        /** A JAR put into the drop folder, until it is live everywhere. It includes the time in which the file must hold still. */
        DROP,
        /** Another configuration, until the answer that it is in force. */
        CONFIG,
        /** The same with 1,000 routes more. */
        LARGE_CONFIG
    }

    /** Nothing swapped yet. */
    public SwapClock() {
        for (Way way : Way.values()) {
            times.put(way, new SynchronizedHistogram(3));
        }
    }

    /** Makes a swap, from before it begins until it is acknowledged, and notes how long that took. */
    public <T> T time(Way way, Callable<T> swap) throws Exception {
        return replace(() -> {
            long start = System.nanoTime();
            T result = swap.call();
            times(way).recordValue(System.nanoTime() - start);
            return result;
        });
    }

    /** Does something that replaces what is in force, though it is not among the swaps whose times count. */
    public <T> T replace(Callable<T> change) throws Exception {
        long start = System.nanoTime();
        endings.put(start, UNDER_WAY);
        underWay.incrementAndGet();
        try {
            return change.call();
        } finally {
            lastEnd = System.nanoTime();
            endings.put(start, lastEnd);
            underWay.decrementAndGet();
        }
    }

    /** Whether a swap has been begun at all. */
    boolean hasBegun() {
        return !endings.isEmpty();
    }

    /**
     * When the snapshot that a stream began with can have been replaced at the earliest: at once, if a swap was under way
     * when it was opened, else when the next one was begun. Empty if it is in force still.
     */
    OptionalLong replacedAtTheEarliest(long opened) {
        boolean duringSwap = endings.headMap(opened, true).descendingMap().values().stream()
                .limit(MOST_AT_ONCE)
                .anyMatch(end -> end >= opened);
        if (duringSwap) {
            return OptionalLong.of(opened);
        }
        Long next = endings.higherKey(opened);
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Whether a swap was under way at any moment from then until now. */
    boolean overlaps(long nanoTime) {
        return underWay.get() > 0 || (hasBegun() && lastEnd >= nanoTime);
    }

    /** How long swaps took, in nanoseconds. */
    public Histogram times(Way way) {
        SynchronizedHistogram found = times.get(way);
        if (found == null) {
            throw new IllegalStateException("no times for " + way);
        }
        return found;
    }
}
