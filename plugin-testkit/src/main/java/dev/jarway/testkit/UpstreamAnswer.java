package dev.jarway.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the service behind the gateway answers.
 *
 * @param status 200 to 599
 * @param headers besides those of the framing
 * @param pieces the body. One piece is sent with its length, several are sent one after another, as chunks
 */
public record UpstreamAnswer(int status, Map<String, String> headers, List<String> pieces) {

    public UpstreamAnswer {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        headers = Map.copyOf(headers);
        pieces = List.copyOf(pieces);
    }

    /** A body in these pieces. */
    public static UpstreamAnswer of(int status, String... pieces) {
        return new UpstreamAnswer(status, Map.of(), List.of(pieces));
    }

    /** The same with one header more. */
    public UpstreamAnswer withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new UpstreamAnswer(status, more, pieces);
    }

    /** The answer if a test gives none: the request's own body. */
    static UpstreamAnswer echo(UpstreamRequest request) {
        return of(200, request.body());
    }

    /** As the server wants it: the number of bytes, -1 if there are none, 0 for chunks. */
    long length() {
        return switch (pieces.size()) {
            case 0 -> -1;
            case 1 -> pieces.getFirst().isEmpty() ? -1 : bytes(pieces.getFirst()).length;
            default -> 0;
        };
    }

    static byte[] bytes(String piece) {
        return piece.getBytes(StandardCharsets.UTF_8);
    }
}
