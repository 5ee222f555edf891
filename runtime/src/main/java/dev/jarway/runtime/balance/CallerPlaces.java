package dev.jarway.runtime.balance;

import dev.jarway.runtime.filter.StableHash;
import java.util.List;

/**
 * Where callers belong among candidates, by weighted rendezvous hashing: a caller's key has a score with each, and the least
 * wins. No score depends on the other candidates, so if one goes, its callers are spread over the others and nobody else moves;
 * if one gains weight, callers move to that one only. The same in every process. Immutable.
 */
final class CallerPlaces {
    private final Candidate[] candidates;
    private final long[] salts;

    /** One divided by the weight of each. */
    private final double[] scales;

    CallerPlaces(List<Candidate> candidates) {
        this.candidates = candidates.toArray(Candidate[]::new);
        this.salts = candidates.stream()
                .mapToLong(candidate ->
                        StableHash.of(candidate.member().live().address().toString()))
                .toArray();
        this.scales = candidates.stream()
                .mapToDouble(candidate -> 1.0 / candidate.weight())
                .toArray();
    }

    /**
     * The candidate that a key belongs to, or if it has been tried the next best. If all have been, the first again. There has
     * to be one at least.
     */
    Candidate find(long key, Pick pick) {
        int untried = best(key, pick);
        return candidates[untried >= 0 ? untried : best(key, Pick.any())];
    }

    private int best(long key, Pick pick) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < candidates.length; i++) {
            double fraction = StableHash.toFraction(StableHash.mix(key ^ salts[i]));
            // The score is -log(fraction) / weight. That is more than what comes first here, which costs far less and
            // is close
            // to it for those that may win, so nearly no logarithms are left.
            if ((1 - fraction) * scales[i] < least) {
                double score = -Math.log(fraction) * scales[i];
                if (score < least && !pick.hasTried(candidates[i])) {
                    least = score;
                    best = i;
                }
            }
        }
        return best;
    }
}
