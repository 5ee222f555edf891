package dev.jarway.runtime.filter;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * How requests are shared out among the versions of a plugin, or the services of a route: a share for each, relative to the others.
 * Immutable.
 */
public final class Shares {
    private final int[] shares;
    private final boolean settled;
    private final long total;

    private Shares(int[] shares, boolean settled) {
        this.shares = shares;
        this.settled = settled;
        this.total = IntStream.of(shares).asLongStream().sum();
        if (total <= 0 || IntStream.of(shares).anyMatch(share -> share < 0)) {
            throw new IllegalArgumentException("shares: " + Arrays.toString(shares) + " (expected: >= 0, one > 0)");
        }
    }

    /** Shares in the order of the versions. */
    public static Shares of(List<Integer> shares) {
        return new Shares(shares.stream().mapToInt(Integer::intValue).toArray(), false);
    }

    /** Everything to one of them, selected requests too: the split has come to its end. */
    public static Shares settled(int version, int versions) {
        int[] shares = new int[versions];
        shares[version] = 1;
        return new Shares(shares, true);
    }

    /** Whether no request is to meet another version than the one that has a share, whatever is selected. */
    boolean settled() {
        return settled;
    }

    /** Any of them, at random. */
    int draw() {
        long point = ThreadLocalRandom.current().nextLong(total);
        int index = 0;
        while (point >= shares[index]) {
            point -= shares[index++];
        }
        return index;
    }

    /**
     * The one that a key belongs to, by weighted rendezvous hashing: when shares change, keys move to versions whose share has
     * grown and from nowhere to anywhere else.
     *
     * @param key a hash of it
     * @param salts one for each version, the same ones each time
     */
    public int of(long key, long[] salts) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                double score = -Math.log(StableHash.toFraction(StableHash.mix(key ^ salts[i]))) / shares[i];
                if (score < least) {
                    least = score;
                    best = i;
                }
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return Arrays.toString(shares);
    }
}
