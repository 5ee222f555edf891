package dev.jarway.runtime.upstream;

import io.netty.util.AsciiString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of fields that have come of late, each as one object, which knows its hash. Belongs to one thread. */
final class FieldNames {
    private static final int SLOTS = 251;
    private static final int LONGEST = 40;

    private final @Nullable AsciiString[] names = new @Nullable AsciiString[SLOTS];

    /** The name that stands there. */
    AsciiString of(byte[] octets, int from, int length) {
        if (length == 0 || length > LONGEST) {
            return new AsciiString(octets, from, length, true);
        }
        int sum = octets[from] * 31 + octets[from + length / 2] * 7 + octets[from + length - 1] * 3 + length;
        int slot = Math.floorMod(sum, SLOTS);
        AsciiString known = names[slot];
        if (known != null && known.length() == length && isSame(known, octets, from)) {
            return known;
        }
        AsciiString another = new AsciiString(octets, from, length, true);
        names[slot] = another;
        return another;
    }

    private static boolean isSame(AsciiString known, byte[] octets, int from) {
        int begin = known.arrayOffset();
        return Arrays.equals(known.array(), begin, begin + known.length(), octets, from, from + known.length());
    }
}
