package dev.jarway.runtime.balance;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Of two candidates drawn by weight, the one that is likely to answer sooner: by its latency of late, once for each request
 * that waits there already. The second has to be clearly better, or weights would mean nothing where latencies are about equal.
 */
final class PeakEwma implements Balancer {
    private static final double CLEARLY = 0.8;
    private static final double UNKNOWN_NANOS = 1e9;

    private final List<Candidate> candidates;
    private final LoopLoad[] loads;
    private final WeightedDraw draw;
    private final double meanWeight;
    private final LongSupplier nanoTime;

    PeakEwma(List<Candidate> candidates, int loop, LongSupplier nanoTime) {
        this.candidates = candidates;
        this.loads = candidates.stream()
                .map(candidate -> candidate.member().live().load(loop))
                .toArray(LoopLoad[]::new);
        this.draw = new WeightedDraw(candidates);
        this.meanWeight =
                candidates.stream().mapToLong(Candidate::weight).average().orElse(1);
        this.nanoTime = nanoTime;
    }

    @Override
    public Candidate next(Pick pick) {
        int first = draw.draw();
        if (loads.length == 1) {
            return candidates.get(first);
        }
        int second = draw.drawOther(first);
        long now = nanoTime.getAsLong();
        return candidates.get(cost(second, now) < cost(first, now) * CLEARLY ? second : first);
    }

    /** One that has never answered costs nothing while nothing is sent there, and much as soon as something is. */
    private double cost(int index, long now) {
        double waiting =
                loads[index].underWay() * meanWeight / candidates.get(index).weight();
        double latency = loads[index].latency().at(now);
        return latency > 0 ? latency * (waiting + 1) : waiting * UNKNOWN_NANOS;
    }
}
