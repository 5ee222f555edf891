package dev.jarway.runtime.balance;

import java.util.List;

/**
 * Of two candidates drawn by weight, the one that has fewer requests under way for its weight; if they are even, the one that
 * was drawn first. So weights hold for what is under way when there is much of it, and for requests when there is little.
 */
final class LeastRequest implements Balancer {
    private final List<Candidate> candidates;
    private final LoopLoad[] loads;
    private final WeightedDraw draw;

    LeastRequest(List<Candidate> candidates, int loop) {
        this.candidates = candidates;
        this.loads = candidates.stream()
                .map(candidate -> candidate.member().live().load(loop))
                .toArray(LoopLoad[]::new);
        this.draw = new WeightedDraw(candidates);
    }

    @Override
    public Candidate next(Pick pick) {
        int first = draw.draw();
        if (loads.length == 1) {
            return candidates.get(first);
        }
        int second = draw.drawOther(first);
        return candidates.get(isBusier(first, second) ? second : first);
    }

    private boolean isBusier(int one, int other) {
        return loads[one].underWay() * candidates.get(other).weight()
                > loads[other].underWay() * candidates.get(one).weight();
    }
}
