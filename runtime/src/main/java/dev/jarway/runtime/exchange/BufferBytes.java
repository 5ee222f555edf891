package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Bytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;

/** Bytes that came from the network, seen without a copy. Vert.x gives each buffer away for good, so they may be kept. */
public final class BufferBytes implements Bytes {
    private final Buffer buffer;

    private BufferBytes(Buffer buffer) {
        this.buffer = buffer;
    }

    /** The bytes of a buffer that nobody writes to any more. */
    public static Bytes of(Buffer buffer) {
        return buffer.length() == 0 ? Bytes.empty() : new BufferBytes(buffer);
    }

    /** The buffer behind bytes from here, or a buffer around a copy of bytes from a filter. */
    public static Buffer toBuffer(Bytes bytes) {
        return bytes instanceof BufferBytes own ? own.buffer : Buffer.buffer(bytes.toArray());
    }

    @Override
    public int length() {
        return buffer.length();
    }

    @Override
    public byte at(int index) {
        return buffer.getByte(index);
    }

    @Override
    public byte[] toArray() {
        return buffer.getBytes();
    }

    @Override
    public ByteBuffer asByteBuffer() {
        return ((BufferInternal) buffer).getByteBuf().nioBuffer().asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return "Bytes[" + length() + "]";
    }
}
