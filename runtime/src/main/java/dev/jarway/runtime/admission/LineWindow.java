package dev.jarway.runtime.admission;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * What lies before a look of the bytes that it is at: an array for a part of a buffer, since each access to a buffer outside the
 * heap costs as much as a line in an array. One for each event loop, used by one look at a time.
 */
final class LineWindow {
    private static final int SIZE = 2048;

    private static final FastThreadLocal<LineWindow> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected LineWindow initialValue() {
            return new LineWindow();
        }
    };

    private final byte[] octets = new byte[SIZE];
    private int from;
    private int to;

    private LineWindow() {}

    /** That of the calling event loop, with nothing in it. */
    static LineWindow open() {
        LineWindow window = OF_LOOP.get();
        window.from = 0;
        window.to = 0;
        return window;
    }

    /**
     * Moves on if it has to.
     *
     * @param at is before it then
     * @param end of the bytes there are
     */
    void move(ByteBuf bytes, int at, int end) {
        if (at >= to) {
            from = at;
            to = Math.min(end, at + SIZE);
            bytes.getBytes(from, octets, 0, to - from);
        }
    }

    /** Where it ends. */
    int end() {
        return to;
    }

    /** Where the next line feed is from there on; -1 if it is not in the window. */
    int feed(int at) {
        for (int i = at - from; i < to - from; i++) {
            if (octets[i] == '\n') {
                return from + i;
            }
        }
        return -1;
    }

    /** Copies what stands there into a line. */
    void copy(int at, byte[] line, int into, int length) {
        System.arraycopy(octets, at - from, line, into, length);
    }
}
