package dev.jarway.runtime.balance;

import java.util.List;

/**
 * Candidates in turn, each as often as its weight says, and spread evenly rather than in bursts: in each turn all gain their
 * weight, and the one that has most gives up the sum. None has more than the sum, or owes more, unless it was gained by other
 * weights: such a debt would be paid in one long run.
 */
final class WeightedTurns implements Balancer {
    private final Candidate[] candidates;
    private final LoopLoad[] loads;
    private final long sum;

    WeightedTurns(List<Candidate> candidates, int loop) {
        this.candidates = candidates.toArray(Candidate[]::new);
        this.loads = candidates.stream()
                .map(candidate -> candidate.member().live().load(loop))
                .toArray(LoopLoad[]::new);
        this.sum = candidates.stream().mapToLong(Candidate::weight).sum();
        if (candidates.stream().allMatch(candidate -> candidate.member().live().load(loop).turn == 0)) {
            // Loops begin at different endpoints, lest all of them send their first request to the same one.
            for (int turn = 0; turn < loop; turn++) {
                next(Pick.any());
            }
        }
    }

    @Override
    public Candidate next(Pick pick) {
        int most = 0;
        for (int i = 0; i < candidates.length; i++) {
            loads[i].turn = Math.clamp(loads[i].turn, -sum, sum) + candidates[i].weight();
            if (loads[i].turn > loads[most].turn) {
                most = i;
            }
        }
        loads[most].turn -= sum;
        return candidates[most];
    }
}
