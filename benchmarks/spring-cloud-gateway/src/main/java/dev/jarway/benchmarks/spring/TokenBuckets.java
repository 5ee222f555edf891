package dev.jarway.benchmarks.spring;

import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket of tokens for each key, as the time at which it will be full again: what the sample rate-limit has. */
final class TokenBuckets {
    private static final int MAX_KEYS = 10_000;

    private final int burst;
    private final long interval;
    private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_KEYS;
        }
    };

    TokenBuckets(int perSecond, int burst) {
        this.burst = burst;
        this.interval = 1_000_000_000L / perSecond;
    }

    synchronized Take take(String key) {
        long now = System.nanoTime();
        long toFull = Math.max(0, fullAt.getOrDefault(key, now) - now);
        long afterwards = toFull + interval;
        if (afterwards > nanosToFill()) {
            return new Take(false, 0, toFull, afterwards - nanosToFill());
        }
        fullAt.put(key, now + afterwards);
        return new Take(true, (nanosToFill() - afterwards) / interval, afterwards, 0);
    }

    int burst() {
        return burst;
    }

    long nanosToFill() {
        return burst * interval;
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
