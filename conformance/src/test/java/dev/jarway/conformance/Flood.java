package dev.jarway.conformance;

import java.io.ByteArrayOutputStream;
import java.util.function.IntFunction;

/** Something that a client may send without end over one connection. */
final class Flood {
    private static final int PIECE = 16 * 1024;

    private final String name;
    private final boolean http2;
    private final boolean reads;
    private final byte[] opening;
    private final IntFunction<byte[]> unit;

    /**
     * One of that kind.
     *
     * @param name as in the table
     * @param http2 whether the connection speaks HTTP/2, not HTTP/1.1
     * @param reads whether the client reads what comes back
     * @param opening sent once
     * @param unit sent after that, with numbers from 0; empty if there is nothing more to send for now
     */
    Flood(String name, boolean http2, boolean reads, byte[] opening, IntFunction<byte[]> unit) {
        this.name = name;
        this.http2 = http2;
        this.reads = reads;
        this.opening = opening;
        this.unit = unit;
    }

    String name() {
        return name;
    }

    boolean http2() {
        return http2;
    }

    boolean reads() {
        return reads;
    }

    /** The same each time. */
    static IntFunction<byte[]> always(byte[] unit) {
        return number -> unit;
    }

    /** What one connection sends, in pieces that are worth a write each. */
    final class Bytes {
        private boolean opened;
        private int units;

        byte[] next() {
            ByteArrayOutputStream piece = new ByteArrayOutputStream(2 * PIECE);
            if (!opened) {
                opened = true;
                piece.writeBytes(opening);
            }
            while (piece.size() < PIECE) {
                byte[] next = unit.apply(units);
                if (next.length == 0) {
                    break;
                }
                units++;
                piece.writeBytes(next);
            }
            return piece.toByteArray();
        }

        /** How many have been asked for. */
        int units() {
            return units;
        }
    }

    Bytes begin() {
        return new Bytes();
    }
}
