package dev.jarway.conformance;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What comes back over one connection of a flood: counted while it comes, on a thread of its own. */
final class FloodAnswers {
    private static final byte[] STATUS_LINE = {'H', 'T', 'T', 'P', '/', '1', '.', '1', ' '};
    private static final List<String> ERRORS = List.of(
            "NO_ERROR",
            "PROTOCOL_ERROR",
            "INTERNAL_ERROR",
            "FLOW_CONTROL_ERROR",
            "SETTINGS_TIMEOUT",
            "STREAM_CLOSED",
            "FRAME_SIZE_ERROR",
            "REFUSED_STREAM",
            "CANCEL",
            "COMPRESSION_ERROR",
            "CONNECT_ERROR",
            "ENHANCE_YOUR_CALM");

    private final AtomicLong count = new AtomicLong();
    private volatile @Nullable String last;
    private volatile boolean over;

    /** Responses and resets. */
    long count() {
        return count.get();
    }

    /** The error code of GOAWAY, or the last status that was not 200; null if there was neither. */
    @Nullable
    String last() {
        return last;
    }

    /** Whether the other end has said that nothing more will come. */
    boolean isOver() {
        return over;
    }

    /** Reads until the connection ends. */
    void read(InputStream in, boolean http2) {
        try {
            if (http2) {
                frames(new DataInputStream(in));
            } else {
                statusLines(in);
            }
        } catch (IOException e) {
            // The connection has been reset.
        } finally {
            over = true;
        }
    }

    private void frames(DataInputStream in) throws IOException {
        byte[] header = new byte[9];
        while (true) {
            in.readFully(header);
            byte[] payload = new byte[ByteBuffer.wrap(header).getInt() >>> 8];
            in.readFully(payload);
            switch (header[3]) {
                case Http2Bytes.HEADERS, Http2Bytes.RST_STREAM -> count.incrementAndGet();
                case Http2Bytes.GOAWAY -> {
                    int code = ByteBuffer.wrap(payload).getInt(4);
                    last = code >= 0 && code < ERRORS.size() ? ERRORS.get(code) : Integer.toString(code);
                }
                default -> {}
            }
        }
    }

    private void statusLines(InputStream in) throws IOException {
        byte[] buffer = new byte[65_536];
        StringBuilder status = new StringBuilder();
        int matched = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                if (matched == STATUS_LINE.length) {
                    status.append((char) buffer[i]);
                    if (status.length() == 3) {
                        responded(status.toString());
                        status.setLength(0);
                        matched = 0;
                    }
                } else {
                    matched = buffer[i] == STATUS_LINE[matched] ? matched + 1 : buffer[i] == 'H' ? 1 : 0;
                }
            }
        }
    }

    private void responded(String status) {
        count.incrementAndGet();
        if (!status.equals("200")) {
            last = status;
        }
    }
}
