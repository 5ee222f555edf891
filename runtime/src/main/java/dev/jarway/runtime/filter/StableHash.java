package dev.jarway.runtime.filter;

/** A hash that is the same in every process and every release, so that callers stay where they were: FNV-1a, then mixed. */
public final class StableHash {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private StableHash() {}

    /** The hash of a text. */
    public static long of(String text) {
        long hash = BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return mix(hash);
    }

    /** Spreads each bit over all others (the finisher of SplittableRandom). */
    public static long mix(long hash) {
        long z = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Over 0, and at most 1. */
    public static double toFraction(long hash) {
        return ((hash >>> 11) + 1) * 0x1p-53;
    }
}
