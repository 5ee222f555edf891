package dev.jarway.loader;

/**
 * How big a plugin's archive may be.
 *
 * @param archiveBytes the file itself
 * @param unpackedBytes all entries together, unpacked
 * @param entries how many entries, those of nested archives included
 * @param ratio unpacked to packed bytes of one entry, where it is larger than a megabyte
 */
public record LoaderLimits(long archiveBytes, long unpackedBytes, int entries, int ratio) {
    public static final LoaderLimits DEFAULTS = new LoaderLimits(256L << 20, 1L << 30, 50_000, 200);
}
