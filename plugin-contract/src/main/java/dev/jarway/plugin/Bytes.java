package dev.jarway.plugin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * An immutable run of bytes. The gateway's own implementation gives a view of what came from the network, without a copy;
 * it may be kept.
 */
public interface Bytes {

    /** No bytes. */
    static Bytes empty() {
        return HeapBytes.EMPTY;
    }

    /** A copy of these bytes. */
    static Bytes of(byte[] bytes) {
        return bytes.length == 0 ? empty() : new HeapBytes(bytes.clone());
    }

    /** The text in UTF-8. */
    static Bytes utf8(String text) {
        return text.isEmpty() ? empty() : new HeapBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many there are. */
    int length();

    /** The byte at an index from 0 to {@code length() - 1}. */
    byte at(int index);

    /** A copy. */
    byte[] toArray();

    /** A read-only view, positioned at the first byte. */
    ByteBuffer asByteBuffer();

    /** The bytes as UTF-8 text; malformed sequences become U+FFFD. */
    default String asUtf8() {
        return new String(toArray(), StandardCharsets.UTF_8);
    }

    /** Whether there are none. */
    default boolean isEmpty() {
        return length() == 0;
    }
}
