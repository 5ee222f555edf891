package dev.jarway.soak;

import dev.jarway.soak.Figures.Times;
import dev.jarway.soak.Figures.Traffic;
import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.SwapClock.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What holds a run's figures to what is promised. */
final class Judgement {
    private static final double MOST_METASPACE_GROWTH = 2;
    private static final int SLOWER_IN_SWAP = 2;
    private static final long UPLOAD_MILLIS = 250;
    private static final long LARGE_CONFIG_MILLIS = 100;

    private final List<Breach> breaches = new ArrayList<>();

    private Judgement() {}

    /** Everything that is not as it has to be. */
    static List<Breach> of(Figures figures) {
        Judgement judgement = new Judgement();
        figures.traffic().forEach(judgement::traffic);
        judgement.swaps(figures.swaps());
        judgement.leftBehind(figures);
        judgement.times(figures);
        return List.copyOf(judgement.breaches);
    }

    private void traffic(Kind kind, Traffic traffic) {
        if (traffic.requests() == 0) {
            breaches.add(Breach.of(kind.title() + " requests", 0, "some: what was not tried is not proven"));
        }
        String reasons = traffic.reasons().isEmpty() ? "" : ", such as " + traffic.reasons();
        none(kind.title() + " failed", traffic.failed(), reasons);
        none(kind.title() + " cut", traffic.cut(), reasons);
        none(kind.title() + " stale", traffic.stale(), reasons);
        none(kind.title() + " connections closed between requests", traffic.closedIdle(), "");
    }

    private void none(String figure, long found, String reasons) {
        if (found != 0) {
            breaches.add(Breach.of(figure, found + reasons, "0"));
        }
    }

    private void swaps(Figures.Swaps swaps) {
        none("swaps refused", swaps.refused().size(), " " + swaps.refused());
        if (swaps.code() < swaps.wanted()) {
            breaches.add(Breach.of("swaps of code", swaps.code(), String.valueOf(swaps.wanted())));
        }
        if (swaps.config() < swaps.wanted()) {
            breaches.add(Breach.of("swaps of configuration", swaps.config(), String.valueOf(swaps.wanted())));
        }
    }

    private void leftBehind(Figures figures) {
        if (figures.after().generations() > figures.held().inUse()) {
            breaches.add(Breach.of(
                    "class loaders alive",
                    figures.after().generations(),
                    "at most " + figures.held().inUse() + ", one for each plugin in use"));
        }
        none("threads left", figures.after().threadsBeyond(figures.before()));
        none("descriptors left", figures.after().descriptorsBeyond(figures.before()));
        none("deleted JARs held open", figures.after().deletedJars());
        figures.held().metaspaceGrowth().ifPresent(growth -> {
            if (growth >= MOST_METASPACE_GROWTH) {
                breaches.add(Breach.of(
                        "Metaspace growth after swap 200",
                        Table.percent(growth),
                        "below " + Table.percent(MOST_METASPACE_GROWTH)));
            }
        });
    }

    private void none(String figure, Map<String, Integer> found) {
        if (!found.isEmpty()) {
            breaches.add(Breach.of(
                    figure,
                    found.entrySet().stream()
                            .map(entry -> entry.getValue() + " " + entry.getKey())
                            .collect(Collectors.joining(", ")),
                    "none"));
        }
    }

    private void times(Figures figures) {
        long limit = SLOWER_IN_SWAP * figures.steady().p99();
        if (figures.inSwap().p99() > limit) {
            breaches.add(Breach.ofTime(
                    "p99 in swaps",
                    Table.millis(figures.inSwap().p99()),
                    "at most twice the steady " + Table.millis(figures.steady().p99())));
        }
        median(figures, Way.UPLOAD, "median from upload to live", UPLOAD_MILLIS);
        median(figures, Way.LARGE_CONFIG, "median swap of 1,000 routes", LARGE_CONFIG_MILLIS);
    }

    private void median(Figures figures, Way way, String figure, long limitMillis) {
        Optional<Times> times = Optional.ofNullable(figures.swaps().times().get(way));
        times.filter(found -> found.median() > limitMillis * 1_000_000)
                .ifPresent(found -> breaches.add(
                        Breach.ofTime(figure, Table.millis(found.median()), "at most " + limitMillis + " ms")));
    }
}
