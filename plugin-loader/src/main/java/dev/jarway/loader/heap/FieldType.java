package dev.jarway.loader.heap;

import java.io.IOException;

/** What a field or an element of an array is, by the number that a heap dump has for it. */
final class FieldType {
    static final int OBJECT = 2;
    static final int LONG = 11;

    private static final int[] SIZES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};

    private FieldType() {}

    static int size(int type, int idSize) throws IOException {
        if (type == OBJECT) {
            return idSize;
        }
        if (type < 4 || type >= SIZES.length) {
            throw new IOException("heap dump: type " + type + " (expected: 2, or 4 to 11)");
        }
        return SIZES[type];
    }
}
