package dev.jarway.runtime.proxy;

import io.vertx.core.buffer.Buffer;

/**
 * Where in its frames a stream of WebSocket stands (RFC 6455 section 5.2), so that a frame can be put in between two others.
 * It looks at headers alone.
 */
final class FrameTrack {
    private static final int CLOSE = 8;

    private final byte[] header = new byte[14];
    private int headerBytes;
    private long payload;
    private boolean closeSeen;

    /** Whether a frame has just ended and no other has begun. */
    boolean atBoundary() {
        return headerBytes == 0 && payload == 0;
    }

    /** Whether a close frame has come: no frame may follow it. */
    boolean closeSeen() {
        return closeSeen;
    }

    /** Goes past these bytes. */
    void pass(Buffer bytes) {
        int at = 0;
        while (at < bytes.length()) {
            at = step(bytes, at);
        }
    }

    /** Goes on to the end of the frame, and says how many of the bytes belong to it; all of them, if it does not end here. */
    int passToBoundary(Buffer bytes) {
        int at = 0;
        while (at < bytes.length() && !atBoundary()) {
            at = step(bytes, at);
        }
        return at;
    }

    private int step(Buffer bytes, int at) {
        if (payload > 0) {
            long taken = Math.min(payload, bytes.length() - at);
            payload -= taken;
            return at + (int) taken;
        }
        header[headerBytes++] = bytes.getByte(at);
        if (headerBytes >= 2 && headerBytes == headerLength()) {
            closeSeen |= (header[0] & 0x0f) == CLOSE;
            payload = payloadLength();
            headerBytes = 0;
        }
        return at + 1;
    }

    private int headerLength() {
        int mask = (header[1] & 0x80) == 0 ? 0 : 4;
        return 2 + extendedBytes() + mask;
    }

    private int extendedBytes() {
        return switch (header[1] & 0x7f) {
            case 126 -> 2;
            case 127 -> 8;
            default -> 0;
        };
    }

    private long payloadLength() {
        int extended = extendedBytes();
        if (extended == 0) {
            return header[1] & 0x7f;
        }
        long length = 0;
        for (int i = 0; i < extended; i++) {
            length = length << 8 | (header[2 + i] & 0xff);
        }
        return length & Long.MAX_VALUE;
    }
}
