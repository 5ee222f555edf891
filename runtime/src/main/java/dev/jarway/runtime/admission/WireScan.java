package dev.jarway.runtime.admission;

import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A look at HTTP/1 as it comes off the wire, before it is parsed: where each message begins and ends, and whether every line
 * is as the grammar has it. The parser behind it is lenient, as parsers are: it joins folded lines, and takes a line feed alone
 * for the end of a line. After it nobody can tell. What passes here has one meaning, so the parser's is the same.
 *
 * <p>Nothing is kept but a line that has not come to its end. Of one connection, and so of one event loop.
 */
abstract sealed class WireScan permits RequestScan, ResponseScan {
    /** Where a look is in the course of a message. */
    enum State {
        /** Between two messages. */
        IDLE,
        FIRST_LINE,
        FIELDS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        /** In a body that ends with the connection. */
        TO_END,
        /** Behind the last message that was waited for. */
        OVER
    }

    private static final int USUAL_LINE = 256;

    private final LimitsConfig limits;
    private final Framing framing = new Framing();
    private State state = State.IDLE;
    private byte[] line = new byte[USUAL_LINE];
    private int held;
    private long headBytes;
    private int fields;
    private long extensionBytes;
    private long trailerBytes;
    private long rest;
    private int begin;

    WireScan(LimitsConfig limits) {
        this.limits = limits;
    }

    /** Takes the first line of a message, and calls {@link #begun} or {@link #over}. */
    abstract void firstLine(byte[] line, int length, int next);

    /** The fields are over: calls {@link #body}, or {@link #over} where none follows whatever they say. */
    abstract void headEnded(int next);

    /** Why something goes beyond a limit. */
    abstract GatewayFailure reached(Limit limit, String most);

    State state() {
        return state;
    }

    /** Whether the header fields of a message have begun to come, and not ended. */
    boolean isInHead() {
        return state == State.FIRST_LINE || state == State.FIELDS;
    }

    /** Whether a message has begun whose header fields have been seen. */
    boolean isInBody() {
        return state != State.IDLE && !isInHead();
    }

    /** Whether the line that is being read, or was read last, begins so. */
    final boolean lineBegins(byte[] with) {
        return Arrays.equals(line, 0, with.length, with, 0, with.length);
    }

    /** Where in the bytes last looked at the message begins that is not over; less than where they begin if it is older. */
    int begin() {
        return begin;
    }

    /**
     * Looks at what has come.
     *
     * @throws GatewayFailure if it is not to be let in; nothing can be said about what comes after that
     */
    void look(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        LineWindow window = LineWindow.open();
        begin = state == State.IDLE ? at : at - 1;
        while (at < end && state != State.OVER) {
            at = switch (state) {
                case IDLE, FIRST_LINE, FIELDS, CHUNK_SIZE, TRAILERS -> {
                    window.move(bytes, at, end);
                    yield line(window, at);
                }
                case BODY, CHUNK -> rest(at, end);
                case CHUNK_END -> chunkEnd(bytes, at);
                case TO_END, OVER -> end;
            };
        }
    }

    private int line(LineWindow window, int at) {
        int feed = window.feed(at);
        int length = (feed < 0 ? window.end() : feed) - at;
        if (state == State.IDLE) {
            state = State.FIRST_LINE;
        }
        int fits = Math.min(length, line.length - held);
        window.copy(at, line, held, fits); // Also of a line that is too long: how it begins tells how to say so.
        checkRoom((long) held + length);
        if (fits < length) {
            line = Arrays.copyOf(line, Math.max(held + length, 2 * line.length));
            window.copy(at + fits, line, held + fits, length - fits);
        }
        held += length;
        if (feed < 0) {
            return window.end();
        }
        if (held == 0 || line[held - 1] != '\r') {
            throw WireLines.bad("line: ended by LF alone (expected: CR LF)");
        }
        int whole = held - 1;
        held = 0;
        take(whole, feed + 1);
        return feed + 1;
    }

    /** Refuses a line before it is kept. Its own end counts as well. */
    private void checkRoom(long length) {
        switch (state) {
            case FIRST_LINE -> {
                if (length > limits.requestLine() + 1L) {
                    throw reached(Limit.REQUEST_LINE, limits.requestLine() + " bytes");
                }
            }
            case FIELDS -> {
                if (headBytes + length > limits.headers() + 1L) {
                    throw reached(Limit.HEADERS, limits.headers() + " bytes");
                }
            }
            case CHUNK_SIZE -> {
                if (extensionBytes + length > limits.chunkExtensions() + 9L) {
                    throw reached(Limit.CHUNK_EXTENSIONS, limits.chunkExtensions() + " bytes");
                }
            }
            case TRAILERS -> {
                if (trailerBytes + length > limits.trailers() + 1L) {
                    throw reached(Limit.TRAILERS, limits.trailers() + " bytes");
                }
            }
            case IDLE, BODY, CHUNK, CHUNK_END, TO_END, OVER -> throw new IllegalStateException(state.name());
        }
    }

    private void take(int length, int next) {
        switch (state) {
            case FIRST_LINE -> firstLine(line, length, next);
            case FIELDS -> field(length, next);
            case CHUNK_SIZE -> chunkSize(length);
            case TRAILERS -> trailer(length, next);
            case IDLE, BODY, CHUNK, CHUNK_END, TO_END, OVER -> throw new IllegalStateException(state.name());
        }
    }

    /** A message has begun whose fields follow. */
    final void begun(boolean http11) {
        framing.begin(http11);
        headBytes = 0;
        fields = 0;
        state = State.FIELDS;
    }

    private void field(int length, int next) {
        if (length == 0) {
            headEnded(next);
            return;
        }
        headBytes += length + 2L;
        if (++fields > limits.headerCount()) {
            throw reached(Limit.HEADER_COUNT, limits.headerCount() + " fields");
        }
        int colon = WireLines.checkField(line, length);
        framing.field(line, colon, length);
    }

    /** What the fields have announced follows; {@code unannounced} says what it is if they have not. */
    final void body(int next, State unannounced) {
        extensionBytes = 0;
        trailerBytes = 0;
        if (framing.isChunked()) {
            state = State.CHUNK_SIZE;
        } else if (framing.length() > 0) {
            rest = framing.length();
            state = State.BODY;
        } else if (framing.isSized() || unannounced == State.IDLE) {
            over(next);
        } else {
            state = unannounced;
        }
    }

    private void chunkSize(int length) {
        int size = WireLines.checkChunkSize(line, length);
        extensionBytes += length - WireLines.sizeDigits(line, length);
        if (size == 0) {
            state = State.TRAILERS;
        } else {
            rest = size;
            state = State.CHUNK;
        }
    }

    private void trailer(int length, int next) {
        if (length == 0) {
            over(next);
            return;
        }
        trailerBytes += length + 2L;
        Framing.checkTrailer(line, WireLines.checkField(line, length));
    }

    private int rest(int at, int end) {
        long taken = Math.min(rest, end - at);
        rest -= taken;
        int next = at + (int) taken;
        if (rest == 0) {
            if (state == State.BODY) {
                over(next);
            } else {
                rest = 2;
                state = State.CHUNK_END;
            }
        }
        return next;
    }

    private int chunkEnd(ByteBuf bytes, int at) {
        if (bytes.getByte(at) != (rest == 2 ? '\r' : '\n')) {
            throw WireLines.bad("chunk: its data is not followed by CR LF, or longer than announced");
        }
        if (--rest == 0) {
            state = State.CHUNK_SIZE;
        }
        return at + 1;
    }

    /** A message is over. */
    void over(int next) {
        state = State.IDLE;
        begin = next;
    }

    /** Nothing is to follow. */
    final void allOver() {
        state = State.OVER;
    }

    /** Another message may follow, which has not begun. */
    final void await() {
        state = State.IDLE;
        held = 0;
    }
}
