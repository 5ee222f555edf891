package dev.jarway.runtime.routing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map that is asked with a region of a text: a segment of a path or the end of a host is found without being
 * cut out. An open-addressing table, at most half full, of values that have their keys: each object on the way to a value is a
 * place in memory to wait for. Most maps have one entry, and are found out by a look at that.
 */
final class RegionMap<V extends Region> {
    private static final int FACTOR = 31;
    private static final RegionMap<Region> EMPTY = new RegionMap<>(new int[0], new Region[0], null);

    private final int[] hashes;
    private final @Nullable Region[] values;
    private final @Nullable V only;

    private RegionMap(int[] hashes, @Nullable Region[] values, @Nullable V only) {
        this.hashes = hashes;
        this.values = values;
        this.only = only;
    }

    @SuppressWarnings("unchecked") // It has none.
    static <V extends Region> RegionMap<V> empty() {
        return (RegionMap<V>) EMPTY;
    }

    static <V extends Region> RegionMap<V> of(Map<String, V> entries) {
        if (entries.isEmpty()) {
            return empty();
        }
        if (entries.size() == 1) {
            return new RegionMap<>(
                    EMPTY.hashes, EMPTY.values, entries.values().iterator().next());
        }
        int length = Integer.highestOneBit(entries.size() * 2 - 1) * 2;
        int[] hashes = new int[length];
        @Nullable Region[] values = new Region[length];
        entries.forEach((key, value) -> {
            int hash = hash(key, 0, key.length());
            int place = place(hash, length);
            while (values[place] != null) {
                place = (place + 1) & (length - 1);
            }
            hashes[place] = hash;
            values[place] = value;
        });
        return new RegionMap<>(hashes, values, null);
    }

    boolean isEmpty() {
        return only == null && values.length == 0;
    }

    @Nullable
    V find(String text, int from, int to) {
        return values.length == 0 ? sole(text, from, to) : find(text, from, to, hash(text, from, to));
    }

    private @Nullable V sole(String text, int from, int to) {
        return only != null && only.is(text, from, to) ? only : null;
    }

    /** For callers that have the region's hash already, from {@link #extendLeft} or {@link #extendRight}. */
    @Nullable
    @SuppressWarnings("unchecked") // Nothing else is put there.
    V find(String text, int from, int to, int hash) {
        if (values.length == 0) {
            return sole(text, from, to);
        }
        for (int place = place(hash, values.length); ; place = (place + 1) & (values.length - 1)) {
            var value = values[place];
            if (value == null) {
                return null;
            }
            if (hashes[place] == hash && value.is(text, from, to)) {
                return (V) value;
            }
        }
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = to - 1; i >= from; i--) {
            hash = extendLeft(hash, text.charAt(i));
        }
        return hash;
    }

    /** The hash of a region with this character before it. The hash of an empty region is 0. */
    static int extendLeft(int hash, char c) {
        return FACTOR * hash + c;
    }

    /** The hash of a region with this character after it. The power is 1 for an empty region, and grows with each character. */
    static int extendRight(int hash, int power, char c) {
        return hash + power * c;
    }

    static int extendPower(int power) {
        return FACTOR * power;
    }

    private static int place(int hash, int length) {
        int spread = hash * 0x9E3779B9;
        return (spread ^ (spread >>> 16)) & (length - 1);
    }
}
