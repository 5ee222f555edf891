package dev.jarway.runtime.proxy;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.ThreadLocalRandom;

/** The frame of WebSocket that says why there is an end (RFC 6455 section 5.5.1). */
final class CloseFrame {
    private static final int FINAL_CLOSE = 0x88;

    /** The endpoint is going away (RFC 6455 section 7.4.1). */
    private static final int GOING_AWAY = 1001;

    private CloseFrame() {}

    /** As a server sends it. */
    static Buffer toClient() {
        return Buffer.buffer()
                .appendByte((byte) FINAL_CLOSE)
                .appendByte((byte) 2)
                .appendShort((short) GOING_AWAY);
    }

    /** As a client sends it: masked (RFC 6455 section 5.3). */
    static Buffer toServer() {
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        return Buffer.buffer()
                .appendByte((byte) FINAL_CLOSE)
                .appendByte((byte) (0x80 | 2))
                .appendBytes(mask)
                .appendByte((byte) (GOING_AWAY >> 8 ^ mask[0]))
                .appendByte((byte) (GOING_AWAY ^ mask[1]));
    }
}
