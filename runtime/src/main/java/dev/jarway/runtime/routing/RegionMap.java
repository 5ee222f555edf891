package dev.jarway.runtime.routing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map that is asked with a region of a text: a segment of a path or the end of a host is found without being
 * cut out. An open-addressing table, at most half full; most maps have one entry, and are found out by a look at that.
 */
final class RegionMap<V> {
    private static final int FACTOR = 31;

    private final @Nullable Slot<V>[] slots;
    private final @Nullable Slot<V> only;

    private RegionMap(@Nullable Slot<V>[] slots, @Nullable Slot<V> only) {
        this.slots = slots;
        this.only = only;
    }

    static <V> RegionMap<V> empty() {
        return of(Map.of());
    }

    static <V> RegionMap<V> of(Map<String, V> values) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        @Nullable
        Slot<V>[] slots = new Slot[values.isEmpty() ? 1 : Integer.highestOneBit(values.size() * 2 - 1) * 2];
        Slot<V> last = null;
        for (var entry : values.entrySet()) {
            String key = entry.getKey();
            int hash = hash(key, 0, key.length());
            int place = place(hash, slots.length);
            while (slots[place] != null) {
                place = (place + 1) & (slots.length - 1);
            }
            last = new Slot<>(key, hash, entry.getValue());
            slots[place] = last;
        }
        return new RegionMap<>(slots, values.size() == 1 ? last : null);
    }

    boolean isEmpty() {
        return slots.length == 1;
    }

    @Nullable
    V find(String text, int from, int to) {
        if (only != null) {
            return only.isOf(text, from, to) ? only.value : null;
        }
        return isEmpty() ? null : find(text, from, to, hash(text, from, to));
    }

    /** For callers that have the region's hash already, from {@link #extendLeft} or {@link #extendRight}. */
    @Nullable
    V find(String text, int from, int to, int hash) {
        for (int place = place(hash, slots.length); ; place = (place + 1) & (slots.length - 1)) {
            var slot = slots[place];
            if (slot == null) {
                return null;
            }
            if (slot.hash == hash && slot.isOf(text, from, to)) {
                return slot.value;
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

    private record Slot<V>(String key, int hash, V value) {

        boolean isOf(String text, int from, int to) {
            return key.length() == to - from && text.startsWith(key, from);
        }
    }
}
