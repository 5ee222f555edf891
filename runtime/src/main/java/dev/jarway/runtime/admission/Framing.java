package dev.jarway.runtime.admission;

import java.nio.charset.StandardCharsets;

/**
 * What the fields of one message say about its length (RFC 9112 section 6). There is one way to say it; whatever else would
 * have to be interpreted is refused, since the next server might interpret it otherwise.
 */
final class Framing {
    private static final byte[] CONTENT_LENGTH = name("content-length");
    private static final byte[] CONTENT_TYPE = name("content-type");
    private static final byte[] TRANSFER_ENCODING = name("transfer-encoding");
    private static final byte[] HIXIE_KEY = name("sec-websocket-key1");
    private static final byte[] TRAILER = name("trailer");
    private static final byte[] HOST = name("host");
    private static final byte[] CHUNKED = name("chunked");

    /** More digits might not fit into a long. */
    private static final int MOST_DIGITS = 18;

    private boolean http11;
    private boolean chunked;
    private boolean sized;
    private long length;

    void begin(boolean version11) {
        http11 = version11;
        chunked = false;
        sized = false;
        length = 0;
    }

    /** Whether chunks follow. */
    boolean isChunked() {
        return chunked;
    }

    /** Whether it is said how many bytes follow. */
    boolean isSized() {
        return sized;
    }

    /** How many bytes follow, if they are not chunked. */
    long length() {
        return length;
    }

    /** Takes note of a field whose form has been checked. */
    void field(byte[] line, int colon, int end) {
        switch (colon) {
            case 12 -> checkNinth(line, colon);
            case 14 -> {
                checkNinth(line, colon);
                if (WireLines.isNamed(line, colon, CONTENT_LENGTH)) {
                    length(line, colon + 1, end);
                }
            }
            case 17 -> {
                if (WireLines.isNamed(line, colon, TRANSFER_ENCODING)) {
                    coding(line, colon + 1, end);
                }
            }
            case 18 -> {
                // A draft of WebSocket had eight bytes of body that no field tells of, and parsers that still look for
                // them.
                if (WireLines.isNamed(line, colon, HIXIE_KEY)) {
                    throw WireLines.bad("sec-websocket-key1: a draft of WebSocket (expected: RFC 6455)");
                }
            }
            default -> {}
        }
    }

    /** Refuses in trailers what would have changed how the message is read (RFC 9110 section 6.5.1). */
    static void checkTrailer(byte[] line, int colon) {
        checkNinth(line, colon);
        if (WireLines.isNamed(line, colon, CONTENT_LENGTH)
                || WireLines.isNamed(line, colon, TRANSFER_ENCODING)
                || WireLines.isNamed(line, colon, HOST)
                || WireLines.isNamed(line, colon, TRAILER)) {
            throw WireLines.bad("trailers: a field that has its place before the body");
        }
    }

    /** Vert.x 5.2 does not look at the ninth octet of these two: it takes {@code content-xength} for a length. */
    private static void checkNinth(byte[] line, int colon) {
        byte[] name = colon == CONTENT_LENGTH.length ? CONTENT_LENGTH : CONTENT_TYPE;
        if (colon != name.length) {
            return;
        }
        byte ninth = line[8];
        line[8] = name[8];
        boolean taken = WireLines.isNamed(line, colon, name);
        line[8] = ninth;
        if (taken && (ninth | 0x20) != name[8]) {
            throw WireLines.bad("header field: a name one letter from " + new String(name, StandardCharsets.US_ASCII));
        }
    }

    private void length(byte[] line, int from, int to) {
        if (sized || chunked) {
            throw WireLines.bad(
                    "content-length: a second time, or beside transfer-encoding (expected: one of them, once)");
        }
        sized = true;
        int start = skipBlanks(line, from, to);
        int end = skipBlanksBack(line, start, to);
        if (start == end || end - start > MOST_DIGITS) {
            throw WireLines.bad("content-length: not one to " + MOST_DIGITS + " digits");
        }
        for (int i = start; i < end; i++) {
            if (!Octets.isDigit(line[i])) {
                throw WireLines.bad("content-length: not a whole number");
            }
            length = length * 10 + (line[i] - '0');
        }
    }

    /** Codings other than this one nobody here decodes, and who may find chunks in them differs (RFC 9112 section 6.1). */
    private void coding(byte[] line, int from, int to) {
        if (sized || chunked) {
            throw WireLines.bad(
                    "transfer-encoding: a second time, or beside content-length (expected: one of them, once)");
        }
        if (!http11) {
            throw WireLines.bad("transfer-encoding in HTTP/1.0 (expected: content-length)");
        }
        int start = skipBlanks(line, from, to);
        int end = skipBlanksBack(line, start, to);
        boolean known = end - start == CHUNKED.length;
        for (int i = 0; known && i < CHUNKED.length; i++) {
            known = (line[start + i] | 0x20) == CHUNKED[i];
        }
        if (!known) {
            throw WireLines.bad("transfer-encoding: not 'chunked' (expected: chunked alone)");
        }
        chunked = true;
    }

    private static int skipBlanks(byte[] line, int from, int to) {
        int at = from;
        while (at < to && (line[at] == ' ' || line[at] == '\t')) {
            at++;
        }
        return at;
    }

    private static int skipBlanksBack(byte[] line, int from, int to) {
        int at = to;
        while (at > from && (line[at - 1] == ' ' || line[at - 1] == '\t')) {
            at--;
        }
        return at;
    }

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
