package dev.jarway.runtime.admission;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often the limits of one listener were reached. The log is told of it now and then: who sends a flood of requests must
 * not be able to make a flood of lines. Safe from any thread.
 */
public final class LimitCounts {
    private static final Logger log = LoggerFactory.getLogger(LimitCounts.class);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final String listener;
    private final Map<Limit, Count> counts = new EnumMap<>(Limit.class);

    /** Of the listener of that name. */
    public LimitCounts(String listener) {
        this.listener = listener;
        for (Limit limit : Limit.values()) {
            counts.put(limit, new Count());
        }
    }

    /** How often that one was. */
    public long of(Limit limit) {
        return count(limit).all.sum();
    }

    /** It was reached once more. */
    public void add(Limit limit) {
        Count count = count(limit);
        count.all.increment();
        long now = System.nanoTime();
        long next = count.next.get();
        if (now - next >= 0 && count.next.compareAndSet(next, now + PAUSE)) {
            log.warn("Listener {}: limits.{} was reached, {} times so far", listener, limit.key(), count.all.sum());
        }
    }

    private Count count(Limit limit) {
        Count count = counts.get(limit);
        if (count == null) {
            throw new IllegalStateException(limit.key());
        }
        return count;
    }

    private static final class Count {
        private final LongAdder all = new LongAdder();
        private final AtomicLong next = new AtomicLong(System.nanoTime());
    }
}
