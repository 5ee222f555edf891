package dev.jarway.conformance;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The floods of HTTP/1.1. */
final class Http1Floods {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String LARGE = GET.replace(" / ", " " + VertxService.LARGE + " ");
    private static final String CHUNKED = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    private Http1Floods() {}

    static List<Flood> all() {
        return List.of(
                requests(),
                flood("requests, answers not read", false, "", GET),
                flood("requests, large answers not read", false, "", LARGE),
                flood("chunks of one byte", true, CHUNKED, "1\r\na\r\n"),
                flood("a chunk extension without end", true, CHUNKED + "1;", "abcdefgh"),
                flood("chunks with an extension each", true, CHUNKED, "1;ab=cd\r\na\r\n"),
                flood("trailer fields without end", true, CHUNKED + "0\r\n", "x: y\r\n"),
                flood("header lines without end", true, "GET / HTTP/1.1\r\nHost: h\r\n", "x: y\r\n"),
                flood("a header line without end", true, "GET / HTTP/1.1\r\nHost: h\r\nx: ", "abcdefgh"),
                flood("a request line without end", true, "GET /", "abcdefgh"),
                flood("empty lines before the request line", true, "", "\r\n"),
                flood("requests that are refused with 400", true, "", "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n"));
    }

    /** What is no attack, for comparison: one request behind the other. */
    static Flood requests() {
        return flood("requests, answers read", true, "", GET);
    }

    private static Flood flood(String name, boolean reads, String opening, String unit) {
        return new Flood(name, false, reads, bytes(opening), Flood.always(bytes(unit)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
