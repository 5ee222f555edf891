package dev.jarway.loader.jar;

/**
 * How much a plugin JAR may hold.
 *
 * @param jarBytes the most bytes of the JAR itself
 * @param unpackedBytes the most bytes of all it holds, unpacked, the contents of nested JARs among them
 * @param entries the most entries, those of nested JARs among them
 * @param ratio how many times larger than packed an entry may be unpacked; entries below 1 MiB are not asked
 */
public record JarLimits(long jarBytes, long unpackedBytes, int entries, int ratio) {
    /** 100 MiB, 500 MiB unpacked, 50 000 entries, ratio 200. */
    public static final JarLimits DEFAULTS = new JarLimits(100L << 20, 500L << 20, 50_000, 200);

    public JarLimits {
        positive("jarBytes", jarBytes);
        positive("unpackedBytes", unpackedBytes);
        positive("entries", entries);
        positive("ratio", ratio);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
