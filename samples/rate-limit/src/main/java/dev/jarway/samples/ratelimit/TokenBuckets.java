package dev.jarway.samples.ratelimit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each key. One number tells a bucket: the time at which it will be full again. A token taken moves it
 * on by one interval, and a bucket is empty if that would be further away than an empty bucket takes to fill.
 *
 * <p>Bounded: when there are too many keys, the one that has been quiet for the longest time is forgotten. Safe from any
 * thread.
 */
final class TokenBuckets {
    static final int MAX_KEYS = 10_000;

    private final int burst;
    private final long interval;
    private final LongSupplier nanoTime;
    private final SequencedMap<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

    TokenBuckets(int perSecond, int burst, LongSupplier nanoTime) {
        this.burst = burst;
        this.interval = 1_000_000_000L / perSecond;
        this.nanoTime = nanoTime;
    }

    synchronized Take take(String key) {
        long now = nanoTime.getAsLong();
        long toFull = Math.max(0, fullAt.getOrDefault(key, now) - now);
        long afterwards = toFull + interval;
        if (afterwards > nanosToFill()) {
            return new Take(false, 0, toFull, afterwards - nanosToFill());
        }
        fullAt.put(key, now + afterwards);
        if (fullAt.size() > MAX_KEYS) {
            fullAt.pollFirstEntry();
        }
        return new Take(true, (nanosToFill() - afterwards) / interval, afterwards, 0);
    }

    int burst() {
        return burst;
    }

    long nanosToFill() {
        return burst * interval;
    }

    /** What a successor needs to go on. The times mean the same to it: it runs in the same JVM. */
    synchronized Map<String, Object> save() {
        return new LinkedHashMap<>(fullAt);
    }

    /** Goes on from there. The predecessor's buckets may have taken longer to fill than these, so empty is the worst. */
    synchronized void restore(Map<String, Object> saved) {
        long now = nanoTime.getAsLong();
        saved.forEach((key, at) -> fullAt.put(key, now + Math.min((Long) at - now, nanosToFill())));
    }

    /**
     * What came of asking for a token.
     *
     * @param remaining how many tokens are left
     * @param nanosToFull when all will be back
     * @param nanosToNext when there will be one, if there was none
     */
    record Take(boolean allowed, long remaining, long nanosToFull, long nanosToNext) {}
}
