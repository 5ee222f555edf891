package dev.jarway.soak;

import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.KindTally;
import dev.jarway.soak.measure.SwapClock.Way;
import dev.jarway.soak.measure.Vitals;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * What came of a run.
 *
 * @param subject the gateway's name
 * @param traffic of each kind that there was
 * @param steady of the quick kinds, while nothing was swapped
 * @param inSwap of the quick kinds, during swaps
 * @param longestGapNanos without any answer
 * @param swaps what was swapped
 * @param before what the processes held before load and swaps, after a warm-up
 * @param after what they held when both were over
 * @param held what they held in between
 */
record Figures(
        String subject,
        Map<Kind, Traffic> traffic,
        Times steady,
        Times inSwap,
        long longestGapNanos,
        Swaps swaps,
        Vitals before,
        Vitals after,
        Held held) {

    /** What became of one kind of traffic. */
    record Traffic(
            long requests,
            long failed,
            long cut,
            long stale,
            long closedIdle,
            long endedByDeadline,
            List<String> reasons) {

        static Traffic of(KindTally tally) {
            return new Traffic(
                    tally.requests(),
                    tally.failed(),
                    tally.cut(),
                    tally.stale(),
                    tally.closedIdle(),
                    tally.endedByDeadline(),
                    List.copyOf(tally.reasons()));
        }

        Traffic plus(Traffic other) {
            return new Traffic(
                    requests + other.requests,
                    failed + other.failed,
                    cut + other.cut,
                    stale + other.stale,
                    closedIdle + other.closedIdle,
                    endedByDeadline + other.endedByDeadline,
                    List.of());
        }
    }

    /** How long things took, in nanoseconds. */
    record Times(long count, long median, long p99) {
        static Times of(Histogram histogram) {
            return new Times(
                    histogram.getTotalCount(), histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99));
        }
    }

    /**
     * What was swapped.
     *
     * @param wanted how many of each
     * @param refused why others did not come about
     */
    record Swaps(int wanted, int code, int config, List<String> refused, Map<Way, Times> times) {}

    /**
     * What was held in the course of the run.
     *
     * @param inUse how many generations are in use when nothing is being swapped
     * @param mostGenerations that were alive at once
     * @param metaspaceGrowth in per cent, from swap 200 on
     */
    record Held(int inUse, int mostGenerations, OptionalDouble metaspaceGrowth) {}

    /** All kinds together. */
    Traffic all() {
        return traffic.values().stream().reduce(new Traffic(0, 0, 0, 0, 0, 0, List.of()), Traffic::plus);
    }
}
