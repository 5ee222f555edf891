package dev.jarway.runtime.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** As much of ASN.1's distinguished encoding (X.690) as it takes to put a key into another envelope. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;

    private static final int LONG_FORM = 0x80;
    private static final int MOST_LENGTH_BYTES = 3;

    private final byte[] bytes;
    private int at;

    /** Reads elements one after the other. */
    Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether another element of that tag is next. */
    boolean isNext(int tag) {
        return at < bytes.length && (bytes[at] & 0xff) == tag;
    }

    /** What the next element holds; {@link IllegalArgumentException} if it has another tag, or is cut short. */
    byte[] next(int tag) {
        if (!isNext(tag) || at + 1 >= bytes.length) {
            throw new IllegalArgumentException("not an element of tag " + tag);
        }
        int length = bytes[at + 1] & 0xff;
        int start = at + 2;
        if (length >= LONG_FORM) {
            int count = length - LONG_FORM;
            if (count == 0 || count > MOST_LENGTH_BYTES || start + count > bytes.length) {
                throw new IllegalArgumentException("not a length");
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = (length << 8) | (bytes[start + i] & 0xff);
            }
            start += count;
        }
        if (start + length > bytes.length) {
            throw new IllegalArgumentException("cut short");
        }
        at = start + length;
        return Arrays.copyOfRange(bytes, start, at);
    }

    /** An element that holds others, or bytes. */
    static byte[] element(int tag, byte[]... contents) {
        int length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        ByteArrayOutputStream element = new ByteArrayOutputStream(length + 5);
        element.write(tag);
        if (length < LONG_FORM) {
            element.write(length);
        } else {
            int count = length < 1 << 8 ? 1 : length < 1 << 16 ? 2 : MOST_LENGTH_BYTES;
            element.write(LONG_FORM + count);
            for (int i = count - 1; i >= 0; i--) {
                element.write(length >> (8 * i));
            }
        }
        for (byte[] content : contents) {
            element.writeBytes(content);
        }
        return element.toByteArray();
    }
}
