package dev.jarway.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The outcome as a person reads it: medians, and beside them the ratio to the first peer. */
final class Table {
    private Table() {}

    static String of(Plan plan, List<Entrant> entrants) {
        StringBuilder text = new StringBuilder();
        for (Work work : plan.works()) {
            text.append(String.format(
                    "%n%s, %d connections%n%-26s %10s %6s %8s %6s %6s %8s%n",
                    work.title(), work.connections(), "", "req/s", "×", "CPU µs", "×", "busy", "RSS MB"));
            Measured first = null;
            for (Entrant entrant : entrants) {
                Measured median = Measured.median(entrant.rounds(work));
                first = first == null ? median : first;
                text.append(String.format(
                        Locale.ROOT,
                        "%-26s %10.0f %6.2f %8.1f %6.2f %5.0f%% %8.0f%s%n",
                        entrant.name(),
                        median.perSecond(),
                        median.perSecond() / first.perSecond(),
                        median.cpuMicros(),
                        median.cpuMicros() / first.cpuMicros(),
                        median.busy() * 100,
                        median.residentMb(),
                        median.failed() == 0 ? "" : "  " + median.failed() + " failed"));
            }
        }
        if (plan.rate() > 0) {
            text.append(String.format(
                    "%nGET 1 KB, %,d a second%n%-26s %8s %8s %8s%n", plan.rate(), "µs", "p50", "p99", "p99.9"));
            for (Entrant entrant : entrants) {
                List<OpenLoop.Latencies> rounds = entrant.latencies();
                text.append(String.format(
                        "%-26s %8d %8d %8d%s%n",
                        entrant.name(),
                        median(rounds, OpenLoop.Latencies::p50),
                        median(rounds, OpenLoop.Latencies::p99),
                        median(rounds, OpenLoop.Latencies::p999),
                        median(rounds, OpenLoop.Latencies::failed) == 0 ? "" : "  some failed"));
            }
        }
        return text.toString();
    }

    private static long median(List<OpenLoop.Latencies> rounds, ToLongFunction<OpenLoop.Latencies> figure) {
        return rounds.stream()
                .mapToLong(figure)
                .sorted()
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
