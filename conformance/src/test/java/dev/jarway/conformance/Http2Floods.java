package dev.jarway.conformance;

import static dev.jarway.conformance.Http2Bytes.frame;
import static dev.jarway.conformance.Http2Bytes.get;
import static dev.jarway.conformance.Http2Bytes.join;
import static dev.jarway.conformance.Http2Bytes.number;
import static dev.jarway.conformance.Http2Bytes.post;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The floods of HTTP/2. */
final class Http2Floods {
    private static final int CANCEL = 8;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int UNKNOWN = 99;
    private static final int STREAMS = 100;
    private static final byte[] NOTHING = {};
    private static final byte[] OPENING = Http2Bytes.opening(NOTHING);

    /** Refers to the field that was added last to the dynamic table. */
    private static final byte NEWEST = (byte) 0xbe;

    private Http2Floods() {}

    static List<Flood> all() {
        return List.of(
                ping(),
                same("SETTINGS", frame(Http2Bytes.SETTINGS, 0, 0, Http2Bytes.setting(INITIAL_WINDOW_SIZE, 65_535))),
                priority(),
                same("frames of unknown types", frame(UNKNOWN, 0, 0, new byte[8])),
                same("GOAWAY", frame(Http2Bytes.GOAWAY, 0, 0, new byte[8])),
                same("WINDOW_UPDATE by 1", frame(Http2Bytes.WINDOW_UPDATE, 0, 0, number(1))),
                same("WINDOW_UPDATE by 256", frame(Http2Bytes.WINDOW_UPDATE, 0, 0, number(256))),
                inBody("empty DATA", frame(Http2Bytes.DATA, 0, 1)),
                inBody("DATA of one byte", frame(Http2Bytes.DATA, 0, 1, (byte) 'a')),
                inFields("empty CONTINUATION", frame(Http2Bytes.CONTINUATION, 0, 1)),
                continuation(),
                rapidReset(),
                each(
                        "reset by the server: wrong WINDOW_UPDATE",
                        stream -> join(open(stream), frame(Http2Bytes.WINDOW_UPDATE, 0, stream, number(0)))),
                each(
                        "reset by the server: window too large",
                        stream -> join(
                                open(stream), frame(Http2Bytes.WINDOW_UPDATE, 0, stream, number(Integer.MAX_VALUE)))),
                each("reset by the server: no method or path", stream -> headers(stream, (byte) 0x86)),
                each("requests that are refused with 400", stream -> headers(stream, get("no-slash"))),
                each("requests without waiting", stream -> headers(stream, get("/"))),
                windowOfNothing(),
                hpackBomb());
    }

    static Flood ping() {
        return same("PING", frame(Http2Bytes.PING, 0, 0, new byte[8]));
    }

    static Flood priority() {
        return same("PRIORITY", frame(Http2Bytes.PRIORITY, 0, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 9));
    }

    static Flood rapidReset() {
        return each(
                "HEADERS and RST_STREAM (rapid reset)",
                stream -> join(headers(stream, get("/")), frame(Http2Bytes.RST_STREAM, 0, stream, number(CANCEL))));
    }

    static Flood continuation() {
        byte[] block = new byte[16_384];
        Arrays.fill(block, (byte) 0x86);
        return inFields("CONTINUATION of 16 KiB", frame(Http2Bytes.CONTINUATION, 0, 1, block));
    }

    /** As many streams as may be open, whose responses nobody takes. */
    private static Flood windowOfNothing() {
        return new Flood(
                "100 large responses, with a window of 0",
                true,
                true,
                Http2Bytes.opening(Http2Bytes.setting(INITIAL_WINDOW_SIZE, 0)),
                number -> number < STREAMS ? headers(2 * number + 1, get(VertxService.LARGE)) : NOTHING);
    }

    /** One field of 4,000 bytes, and then 12,000 bytes in each request that refer to it: 48 MB. */
    private static Flood hpackBomb() {
        byte[] many = new byte[12_000];
        Arrays.fill(many, NEWEST);
        byte[] first = headers(1, join(get("/"), Http2Bytes.remembered("x", "y".repeat(4_000))));
        return new Flood(
                "HPACK bomb",
                true,
                true,
                join(OPENING, first),
                number -> headers(2 * number + 3, join(get("/"), many)));
    }

    private static byte[] headers(int stream, byte... block) {
        return frame(Http2Bytes.HEADERS, Http2Bytes.END_HEADERS | Http2Bytes.END_STREAM, stream, block);
    }

    private static byte[] open(int stream) {
        return frame(Http2Bytes.HEADERS, Http2Bytes.END_HEADERS, stream, post("/"));
    }

    private static Flood same(String name, byte[] frame) {
        return new Flood(name, true, true, OPENING, Flood.always(frame));
    }

    private static Flood inBody(String name, byte[] frame) {
        return new Flood(name, true, true, join(OPENING, open(1)), Flood.always(frame));
    }

    private static Flood inFields(String name, byte[] frame) {
        byte[] begun = frame(Http2Bytes.HEADERS, 0, 1, get("/"));
        return new Flood(name, true, true, join(OPENING, begun), Flood.always(frame));
    }

    private static Flood each(String name, IntFunction<byte[]> frames) {
        return new Flood(name, true, true, OPENING, number -> frames.apply(2 * number + 1));
    }
}
