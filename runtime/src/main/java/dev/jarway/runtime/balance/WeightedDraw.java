package dev.jarway.runtime.balance;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Candidates at random, each as often as its weight says. */
final class WeightedDraw implements Balancer {
    private static final int MOST_DRAWS = 4;

    private final List<Candidate> candidates;

    /** How much all candidates up to and including each weigh. */
    private final long[] sums;

    WeightedDraw(List<Candidate> candidates) {
        this.candidates = candidates;
        this.sums = new long[candidates.size()];
        long sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += candidates.get(i).weight();
            sums[i] = sum;
        }
    }

    @Override
    public Candidate next(Pick pick) {
        return candidates.get(draw());
    }

    /** The index of one. */
    int draw() {
        if (sums.length == 1) {
            return 0;
        }
        long point = ThreadLocalRandom.current().nextLong(sums[sums.length - 1]);
        int found = Arrays.binarySearch(sums, point);
        // A point that is a sum belongs to the candidate behind it.
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The index of another one. There has to be more than one. */
    int drawOther(int than) {
        for (int i = 0; i < MOST_DRAWS; i++) {
            int other = draw();
            if (other != than) {
                return other;
            }
        }
        int step = 1 + ThreadLocalRandom.current().nextInt(sums.length - 1);
        return (than + step) % sums.length;
    }
}
