package dev.jarway.runtime.admission;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;

/** The grammar of the lines of HTTP/1 (RFC 9112), without anything that recipients may let pass out of leniency. */
final class WireLines {
    private WireLines() {}

    /**
     * Holds a line to {@code method SP request-target SP HTTP-version} (section 3): one blank, not several, as whoever splits
     * at other blanks reads another target.
     *
     * @return whether it is HTTP/1.1, not HTTP/1.0
     */
    static boolean checkRequestLine(byte[] line, int length) {
        int method = 0;
        while (method < length && Octets.isToken(line[method])) {
            method++;
        }
        if (method == 0 || method == length || line[method] != ' ') {
            throw bad("request line: no method that is a token, with one blank after it");
        }
        int target = method + 1;
        while (target < length && Octets.isInTarget(line[target])) {
            target++;
        }
        if (target == method + 1 || target == length || line[target] != ' ') {
            throw bad("request line: no target of visible ASCII without '#' and '\\', with one blank after it");
        }
        return isHttp11(line, target + 1, length);
    }

    /**
     * Holds a line to {@code HTTP-version SP status-code SP [ reason-phrase ]} (section 4). The blank after the status may be
     * missing where there is no reason, as many servers have it.
     *
     * @return whether it is HTTP/1.1, not HTTP/1.0
     */
    static boolean checkStatusLine(byte[] line, int length) {
        boolean form = length >= 12 && line[8] == ' ' && (length == 12 || line[12] == ' ');
        for (int i = 9; form && i < 12; i++) {
            form = Octets.isDigit(line[i]);
        }
        if (!form || line[9] == '0') {
            throw bad("status line: not a version, a status of three digits, and a reason");
        }
        for (int i = 12; i < length; i++) {
            if (!Octets.isInValue(line[i])) {
                throw bad("status line: a control character in its reason");
            }
        }
        return isHttp11(line, 0, 8);
    }

    /** The status in a line that has been checked. */
    static int status(byte[] line) {
        return (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
    }

    private static boolean isHttp11(byte[] line, int from, int length) {
        boolean form = length - from == 8
                && line[from] == 'H'
                && line[from + 1] == 'T'
                && line[from + 2] == 'T'
                && line[from + 3] == 'P'
                && line[from + 4] == '/'
                && Octets.isDigit(line[from + 5])
                && line[from + 6] == '.'
                && Octets.isDigit(line[from + 7]);
        if (!form) {
            throw bad("first line: no version in its place (expected: HTTP/1.1)");
        }
        if (line[from + 5] != '1' || line[from + 7] > '1') {
            throw GatewayFailure.of(FailureCode.VERSION_NOT_SUPPORTED, "expected: HTTP/1.1 or HTTP/1.0");
        }
        return line[from + 7] == '1';
    }

    /**
     * Holds a line to {@code field-name ":" OWS field-value OWS} (section 5). No blank before the colon, which is read as a
     * part of the name by some; no line that goes on the one before (obs-fold, section 5.2); no control character in the value,
     * CR and NUL least of all (RFC 9110 section 5.5).
     *
     * @return where the colon stands
     */
    static int checkField(byte[] line, int length) {
        int colon = 0;
        while (colon < length && Octets.isToken(line[colon])) {
            colon++;
        }
        if (colon == length || line[colon] != ':') {
            throw badName(line, length, colon);
        }
        if (colon == 0) {
            throw bad("header field: no name before the colon");
        }
        for (int i = colon + 1; i < length; i++) {
            if (!Octets.isInValue(line[i])) {
                throw bad("header field: a control character in its value");
            }
        }
        return colon;
    }

    private static GatewayFailure badName(byte[] line, int length, int end) {
        boolean blank = end < length && (line[end] == ' ' || line[end] == '\t');
        if (blank) {
            return bad(
                    end == 0
                            ? "header field: it goes on from the line before (expected: one line)"
                            : "header field: a blank before the colon");
        }
        return bad(end == length ? "header field: no colon" : "header field: a name that is no token");
    }

    /**
     * Holds a line to {@code chunk-size [ chunk-ext ]} (section 7.1).
     *
     * @return the size; how much of the line is extension is its length beyond {@link #sizeDigits}
     */
    static int checkChunkSize(byte[] line, int length) {
        int digits = sizeDigits(line, length);
        if (digits == 0 || digits > 8) {
            throw bad("chunk: no size of one to eight hexadecimal digits");
        }
        long size = 0;
        for (int i = 0; i < digits; i++) {
            size = size * 16 + Octets.hex(line[i]);
        }
        if (size > Integer.MAX_VALUE) {
            throw bad("chunk: larger than 2 GiB");
        }
        if (digits < length && line[digits] != ';') {
            throw bad("chunk: something other than an extension after its size");
        }
        checkExtensions(line, digits, length);
        return (int) size;
    }

    /**
     * Holds them to {@code *( ";" token [ "=" ( token / quoted-string ) ] )} (section 7.1.1). The blanks that the grammar bears
     * with are refused.
     */
    private static void checkExtensions(byte[] line, int from, int to) {
        int at = from;
        while (at < to) {
            at = line[at] == ';' ? token(line, at + 1, to) : to + 1;
            if (at < to && line[at] == '=') {
                at = at + 1 < to && line[at + 1] == '"' ? quoted(line, at + 2, to) : token(line, at + 1, to);
            }
            if (at > to) {
                throw bad("chunk: an extension that is none (expected: ;name, ;name=token or ;name=\"text\")");
            }
        }
    }

    /** Where a token ends that begins there; beyond the end if there is none. */
    private static int token(byte[] line, int from, int to) {
        int at = from;
        while (at < to && Octets.isToken(line[at])) {
            at++;
        }
        return at == from ? to + 1 : at;
    }

    /** Where a quoted text ends that has begun before (RFC 9110 section 5.6.4); beyond the end if it does not. */
    private static int quoted(byte[] line, int from, int to) {
        int at = from;
        while (at < to && line[at] != '"') {
            at += line[at] == '\\' ? 1 : 0;
            if (at == to || !Octets.isInValue(line[at])) {
                return to + 1;
            }
            at++;
        }
        return at + 1;
    }

    static int sizeDigits(byte[] line, int length) {
        int digits = 0;
        while (digits < length && Octets.hex(line[digits]) >= 0) {
            digits++;
        }
        return digits;
    }

    /** Whether the name before the colon is this one, which is given in lower case. */
    static boolean isNamed(byte[] line, int colon, byte[] name) {
        if (colon != name.length) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            int c = line[i];
            if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != name[i]) {
                return false;
            }
        }
        return true;
    }

    static GatewayFailure bad(String detail) {
        return GatewayFailure.of(FailureCode.BAD_REQUEST, detail);
    }
}
