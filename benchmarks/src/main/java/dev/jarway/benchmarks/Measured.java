package dev.jarway.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one peer has done in one round of one work.
 *
 * @param perSecond requests answered, at saturation of one of the two processors
 * @param cpuMicros processor time of the proxy for each
 * @param busy which part of its processor the proxy has used
 * @param residentMb its memory after that
 * @param failed requests that were not answered with 2xx
 */
record Measured(double perSecond, double cpuMicros, double busy, double residentMb, long failed) {

    /** The one in the middle of each figure. */
    static Measured median(List<Measured> rounds) {
        return new Measured(
                median(rounds, Measured::perSecond),
                median(rounds, Measured::cpuMicros),
                median(rounds, Measured::busy),
                median(rounds, Measured::residentMb),
                rounds.stream().mapToLong(Measured::failed).sum());
    }

    private static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
        List<Double> sorted = rounds.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
