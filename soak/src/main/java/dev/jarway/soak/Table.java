package dev.jarway.soak;

import dev.jarway.soak.Figures.Times;
import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.SwapClock.Way;
import dev.jarway.soak.measure.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** The figures of one gateway or several side by side, as text. */
final class Table {
    private static final String NOTHING = "-";
    private static final int TITLE = 38;
    private static final int COLUMN = 20;

    private final List<Figures> columns;
    private final List<String> lines = new ArrayList<>();

    private Table(List<Figures> columns) {
        this.columns = columns;
    }

    static String of(List<Figures> columns) {
        Table table = new Table(columns);
        table.row("", Figures::subject);
        table.traffic();
        table.times();
        table.swaps();
        table.processes();
        return String.join(System.lineSeparator(), table.lines);
    }

    private void traffic() {
        row("requests", figures -> count(figures.all().requests()));
        for (Kind kind : Kind.values()) {
            row(
                    "  " + kind.title(),
                    figures -> Optional.ofNullable(figures.traffic().get(kind))
                            .map(traffic -> count(traffic.requests()))
                            .orElse(NOTHING));
        }
        row("failed", figures -> count(figures.all().failed()));
        row("cut", figures -> count(figures.all().cut()));
        row("stale after acknowledgement", figures -> count(figures.all().stale()));
        row(
                "connections closed between requests",
                figures -> count(figures.all().closedIdle()));
        row(
                "streams ended at the drain deadline",
                figures -> count(figures.all().endedByDeadline()));
    }

    private void times() {
        row("p50 / p99 steady", figures -> pair(figures.steady()));
        row("p50 / p99 in swaps", figures -> pair(figures.inSwap()));
        row("longest gap between answers", figures -> millis(figures.longestGapNanos()));
    }

    private void swaps() {
        row(
                "swaps of code / configuration",
                figures -> count(figures.swaps().code()) + " / "
                        + count(figures.swaps().config()));
        way("upload until live, median / p99", Way.UPLOAD);
        way("drop folder until live, median / p99", Way.DROP);
        way("configuration, median / p99", Way.CONFIG);
        way("same with 1,000 routes, median / p99", Way.LARGE_CONFIG);
    }

    private void way(String title, Way way) {
        row(
                title,
                figures -> Optional.ofNullable(figures.swaps().times().get(way))
                        .map(Table::pair)
                        .orElse(NOTHING));
    }

    private void processes() {
        row(
                "generations in use / most / after",
                figures -> figures.held().inUse() + " / " + figures.held().mostGenerations() + " / "
                        + figures.after().generations());
        beforeAndAfter("Metaspace, before / after", Vitals::metaspaceKb, Table::megabytes);
        row(
                "Metaspace growth after swap 200",
                figures -> figures.held().metaspaceGrowth().stream()
                        .mapToObj(Table::percent)
                        .findAny()
                        .orElse(NOTHING));
        beforeAndAfter("direct memory, before / after", Vitals::directKb, Table::megabytes);
        beforeAndAfter("resident memory, before / after", Vitals::residentKb, Table::megabytes);
        beforeAndAfter("threads, before / after", Vitals::threadCount);
        beforeAndAfter("descriptors, before / after", Vitals::descriptorCount);
        row(
                "deleted JARs held open",
                figures -> count(figures.after().deletedJars().size()));
    }

    private void beforeAndAfter(String title, ToIntFunction<Vitals> figure) {
        beforeAndAfter(title, figure::applyAsInt, Table::count);
    }

    private void beforeAndAfter(String title, ToLongFunction<Vitals> figure, Function<Long, String> text) {
        row(
                title,
                figures -> figure.applyAsLong(figures.after()) == 0
                        ? NOTHING
                        : text.apply(figure.applyAsLong(figures.before())) + " / "
                                + text.apply(figure.applyAsLong(figures.after())));
    }

    private void row(String title, Function<Figures, String> cell) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-" + TITLE + "s", title));
        columns.forEach(figures -> line.append(String.format(Locale.ROOT, "%" + COLUMN + "s", cell.apply(figures))));
        lines.add(line.toString());
    }

    private static String pair(Times times) {
        return times.count() == 0 ? NOTHING : millis(times.median()) + " / " + millis(times.p99());
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String megabytes(long kilobytes) {
        return String.format(Locale.ROOT, "%.1f MB", kilobytes / 1024.0);
    }

    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    static String percent(double percent) {
        return String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
