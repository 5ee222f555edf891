package dev.jarway.soak;

import dev.jarway.soak.measure.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the process held in the course of the run. */
final class Samples {
    private static final int FEWEST = 5;

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(int swaps, long metaspaceKb, int generations) {}

    void add(int swaps, Vitals vitals) {
        samples.add(new Sample(swaps, vitals.metaspaceKb(), vitals.generations()));
    }

    int mostGenerations() {
        return samples.stream().mapToInt(Sample::generations).max().orElse(0);
    }

    /**
     * By how much Metaspace grew from that swap to the last one, in per cent, along the line of least squares; empty where
     * there are too few samples to tell.
     */
    OptionalDouble metaspaceGrowthAfter(int swaps) {
        List<Sample> late = samples.stream().filter(s -> s.swaps() >= swaps).toList();
        if (late.size() < FEWEST) {
            return OptionalDouble.empty();
        }
        double meanX = late.stream().mapToInt(Sample::swaps).average().orElseThrow();
        double meanY = late.stream().mapToLong(Sample::metaspaceKb).average().orElseThrow();
        double covariance = late.stream()
                .mapToDouble(s -> (s.swaps() - meanX) * (s.metaspaceKb() - meanY))
                .sum();
        double variance = late.stream()
                .mapToDouble(s -> (s.swaps() - meanX) * (s.swaps() - meanX))
                .sum();
        if (variance == 0 || meanY == 0) {
            return OptionalDouble.empty();
        }
        double slope = covariance / variance;
        double first = meanY + slope * (late.getFirst().swaps() - meanX);
        double last = meanY + slope * (late.getLast().swaps() - meanX);
        return OptionalDouble.of(100 * (last - first) / first);
    }
}
