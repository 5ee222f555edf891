package dev.jarway.benchmarks;

import java.io.IOException;
import java.time.Duration;
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

    /** Something that a server is asked for, until it is over. */
    interface Asking {
        Load.Outcome run() throws IOException;
    }

    /** What a server does, and takes for it, while it is asked. */
    static Measured of(Server server, Asking asking) throws IOException {
        Duration before = server.used();
        long begin = System.nanoTime();
        Load.Outcome outcome = asking.run();
        double lasted = (System.nanoTime() - begin) / 1e9;
        double used = server.used().minus(before).toNanos() / 1e9;
        return new Measured(
                outcome.answered() / lasted,
                used * 1e6 / Math.max(1, outcome.answered()),
                used / lasted,
                server.residentKb() / 1024.0,
                outcome.failed());
    }

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
