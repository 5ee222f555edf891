package dev.jarway.runtime.balance;

import dev.jarway.runtime.filter.StableHash;
import java.util.Arrays;
import java.util.List;

/**
 * Candidates on a ring of hashes: each has points there, as many as its weight says, and a key belongs to the next point behind
 * it. If a candidate goes, its keys go to those behind its points, and no other key moves. The same in every process. Immutable.
 */
final class HashRing {
    /** What an endpoint of mean weight has. Shares of the keys are even to some 7 percent then. */
    private static final int POINTS = 200;

    private static final int OWNER_BITS = 20;
    private static final long OWNER = (1L << OWNER_BITS) - 1;

    private final List<Candidate> candidates;

    /** Sorted. The low bits say whose a point is. */
    private final long[] points;

    /**
     * A ring of these candidates.
     *
     * @param meanWeight of all endpoints of the service, those included that cannot be used: how many points a candidate has
     *     must not depend on how the others are
     */
    HashRing(List<Candidate> candidates, double meanWeight) {
        this.candidates = candidates;
        int[] counts = candidates.stream()
                .mapToInt(candidate -> Math.max(1, (int) Math.round(candidate.weight() / meanWeight * POINTS)))
                .toArray();
        this.points = new long[Arrays.stream(counts).sum()];
        int next = 0;
        for (int owner = 0; owner < counts.length; owner++) {
            long salt = StableHash.of(
                    candidates.get(owner).member().live().address().toString());
            for (int i = 0; i < counts[owner]; i++) {
                points[next++] = (StableHash.mix(salt + i) & ~OWNER) | owner;
            }
        }
        Arrays.sort(points);
    }

    /** The candidate that a key belongs to, or the next that has not been tried. If all have been, the first again. */
    Candidate find(long key, Pick pick) {
        int found = Arrays.binarySearch(points, key);
        int start = found >= 0 ? found : -found - 1;
        for (int i = 0; i < points.length; i++) {
            Candidate candidate = owner(start + i);
            if (!pick.hasTried(candidate)) {
                return candidate;
            }
        }
        return owner(start);
    }

    private Candidate owner(int point) {
        return candidates.get((int) (points[point % points.length] & OWNER));
    }
}
