package dev.jarway.conformance;

import java.util.List;
import java.util.Locale;

/**
 * How long a client had to wait, in milliseconds.
 *
 * @param asked how many requests there were
 * @param failed how many of them were not served; how long it took until that was clear counts as well
 */
record Latencies(int asked, int failed, double p50, double p99, double max) {

    static Latencies of(List<Long> nanos, int failed) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Latencies(sorted.length, failed, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0
                ? Double.POSITIVE_INFINITY
                : sorted[(int) Math.ceil(part * sorted.length) - 1] / 1_000_000.0;
    }

    @Override
    public String toString() {
        String text = String.format(Locale.ROOT, "%.1f / %.1f / %.0f", p50, p99, max);
        return failed == 0 ? text : text + ", " + failed + " failed";
    }
}
