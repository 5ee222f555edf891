package dev.jarway.loader.heap;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A heap dump's bytes from first to last, through a window of one megabyte. */
final class HprofInput implements AutoCloseable {
    private static final int WINDOW = 1 << 20;

    private final FileChannel file;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).flip();
    private byte[] shared = new byte[1024];
    private boolean wide = true;
    private long windowStart;

    private HprofInput(FileChannel file) {
        this.file = file;
    }

    static HprofInput open(Path file) throws IOException {
        return new HprofInput(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** Where the next byte is in the file. */
    long position() {
        return windowStart + window.position();
    }

    boolean atEnd() throws IOException {
        return !window.hasRemaining() && position() >= file.size();
    }

    int u1() throws IOException {
        return need(1).get() & 0xff;
    }

    int u2() throws IOException {
        return need(2).getShort() & 0xffff;
    }

    int i4() throws IOException {
        return need(4).getInt();
    }

    long u4() throws IOException {
        return Integer.toUnsignedLong(i4());
    }

    /** The name of an object, a class or a text: its address, mostly. */
    long id() throws IOException {
        return wide ? need(8).getLong() : u4();
    }

    int idSize() {
        return wide ? 8 : 4;
    }

    void idSize(int size) throws IOException {
        if (size != 4 && size != 8) {
            throw new IOException("heap dump: identifiers of " + size + " bytes (expected: 4 or 8)");
        }
        wide = size == 8;
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, WINDOW);
            need(part).get(bytes, done, part);
            done += part;
        }
        return bytes;
    }

    /** These bytes in an array that the next call writes to again. It may be longer. */
    byte[] shared(int count) throws IOException {
        if (shared.length < count) {
            shared = new byte[count * 2];
        }
        need(count).get(shared, 0, count);
        return shared;
    }

    void skip(long count) throws IOException {
        if (count <= window.remaining()) {
            window.position(window.position() + (int) count);
        } else {
            windowStart = position() + count;
            file.position(windowStart);
            window.clear().flip();
        }
    }

    private ByteBuffer need(int count) throws IOException {
        if (window.remaining() < count) {
            windowStart += window.position();
            window.compact();
            while (window.position() < count) {
                if (file.read(window) < 0) {
                    throw new EOFException("heap dump: cut short");
                }
            }
            window.flip();
        }
        return window;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
