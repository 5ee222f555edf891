package dev.jarway.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of one flood, and of those who were there meanwhile.
 *
 * @param ended whether the server has cut it
 * @param end how, or that it goes on
 * @param cuts how often, as the client came back each time
 * @param unitsPerConnection how many frames or requests one connection brought in
 * @param perSecond how many that were in a second
 * @param answersPerSecond how many responses and resets
 */
record FloodRow(
        String name,
        boolean ended,
        String end,
        int cuts,
        long unitsPerConnection,
        double perSecond,
        double answersPerSecond,
        Measured measured) {
    static final double MOST_P99_MILLIS = 100;
    static final double MOST_GROWTH_MB = 32;

    /** One event loop that does nothing else, and the work of the JVM for it. */
    static final double MOST_CORES = 1.25;

    /**
     * The measures beside it.
     *
     * @param quiet of the other client before the flood
     * @param flooded of the other client meanwhile
     */
    record Measured(Latencies quiet, Latencies flooded, ProcessMeter.Reading process) {}

    static FloodRow of(Flood flood, boolean secure, List<FloodConnection.Outcome> outcomes, Measured measured) {
        FloodConnection.Outcome first = outcomes.getFirst();
        double seconds = outcomes.stream()
                        .mapToLong(outcome -> outcome.lasted().toNanos())
                        .sum()
                / 1e9;
        long units = outcomes.stream().mapToLong(FloodConnection.Outcome::units).sum();
        long answers =
                outcomes.stream().mapToLong(FloodConnection.Outcome::answers).sum();
        return new FloodRow(
                (flood.http2() ? secure ? "h2, TLS: " : "h2: " : "h1: ") + flood.name(),
                first.cut(),
                end(outcomes),
                (int) outcomes.stream().filter(FloodConnection.Outcome::cut).count(),
                units / outcomes.size(),
                units / seconds,
                answers / seconds,
                measured);
    }

    /** What the first that was told said; the last words of a connection may be lost in its reset. */
    private static String end(List<FloodConnection.Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.cut() == outcomes.getFirst().cut())
                .map(FloodConnection.Outcome::end)
                .filter(end -> !end.equals("closed"))
                .findFirst()
                .orElse("closed");
    }

    /** What is not as it has to be; empty if nothing. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (!ended && measured.process().cores() > MOST_CORES) {
            faults.add(fault(
                    "goes on, with %.2f cores (expected: it ends, or %.2f at most)",
                    measured.process().cores(), MOST_CORES));
        }
        if (measured.flooded().p99() >= MOST_P99_MILLIS) {
            faults.add(fault(
                    "p99 of others %.1f ms (expected: less than %.0f ms)",
                    measured.flooded().p99(), MOST_P99_MILLIS));
        }
        if (measured.flooded().failed() > 0) {
            faults.add(name + ": " + measured.flooded().failed() + " requests of others failed (expected: none)");
        }
        if (measured.process().growthMb() > MOST_GROWTH_MB) {
            faults.add(fault(
                    "memory + %.1f MiB (expected: %.0f MiB at most)",
                    measured.process().growthMb(), MOST_GROWTH_MB));
        }
        return faults;
    }

    private String fault(String form, double found, double most) {
        return name + ": " + String.format(Locale.ROOT, form, found, most);
    }

    static String head() {
        return """
                | Flood | how it ends | cut | units per connection | units/s | answers/s | cores | others before, p50 / p99 / max ms | others meanwhile | memory + MiB |
                |---|---|---:|---:|---:|---:|---:|---:|---:|---:|
                """;
    }

    /** As a line of a table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %,d | %,.0f | %,.0f | %.2f | %s | %s | %.1f |%n",
                name,
                end,
                cuts,
                unitsPerConnection,
                perSecond,
                answersPerSecond,
                measured.process().cores(),
                measured.quiet(),
                measured.flooded(),
                measured.process().growthMb());
    }
}
