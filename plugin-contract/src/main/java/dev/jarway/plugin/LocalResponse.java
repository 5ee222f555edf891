package dev.jarway.plugin;

import java.util.ArrayList;
import java.util.List;

/**
 * A response that a filter gives itself, in place of the service's. Immutable, so one may serve every exchange.
 *
 * <pre>{@code
 * private static final LocalResponse FORBIDDEN = LocalResponse.of(403, "no access").withHeader("cache-control", "no-store");
 * }</pre>
 *
 * @param status 200 to 599
 * @param headers in the order in which they are sent; {@code content-length} is added by the gateway
 * @param body may be empty
 */
public record LocalResponse(int status, List<Header> headers, Bytes body) {

    public LocalResponse {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        headers = List.copyOf(headers);
    }

    /** A response without a body. */
    public static LocalResponse of(int status) {
        return new LocalResponse(status, List.of(), Bytes.empty());
    }

    /** A response of {@code text/plain; charset=utf-8}. */
    public static LocalResponse of(int status, String text) {
        return of(status, "text/plain; charset=utf-8", Bytes.utf8(text));
    }

    /** A response of that content type. */
    public static LocalResponse of(int status, String contentType, Bytes body) {
        return new LocalResponse(status, List.of(new Header("content-type", contentType)), body);
    }

    /** The same response with one header more. */
    public LocalResponse withHeader(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new LocalResponse(status, more, body);
    }

    /** One header field. */
    public record Header(String name, String value) {}
}
