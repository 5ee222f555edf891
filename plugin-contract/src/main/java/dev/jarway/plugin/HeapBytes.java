package dev.jarway.plugin;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes in an array that nobody else holds. */
final class HeapBytes implements Bytes {
    static final Bytes EMPTY = new HeapBytes(new byte[0]);

    private final byte[] bytes;

    HeapBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public byte at(int index) {
        return bytes[index];
    }

    @Override
    public byte[] toArray() {
        return bytes.clone();
    }

    @Override
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeapBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Bytes[" + bytes.length + "]";
    }
}
