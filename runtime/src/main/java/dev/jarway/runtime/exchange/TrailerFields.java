package dev.jarway.runtime.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields after a body, and which may stand there: none that had to be known before the body was read (RFC 9110 section
 * 6.5.1). What must not stand there is left out, since a recipient might take it for a header field.
 */
public final class TrailerFields {
    private static final CharSequence TE = HttpHeaders.createOptimized("te");
    private static final CharSequence TRAILER = HttpHeaders.createOptimized("trailer");
    private static final CharSequence TRAILERS = HttpHeaders.createOptimized("trailers");

    private static final Set<String> FORBIDDEN = Set.of(
            // How the message is framed, and what concerns its connection.
            "connection",
            "content-length",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            // How it is to be treated.
            "cache-control",
            "expect",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "max-forwards",
            "pragma",
            "range",
            // Who has sent it.
            "authorization",
            "client-cert",
            "client-cert-chain",
            "cookie",
            "forwarded",
            "proxy-authenticate",
            "proxy-authorization",
            "set-cookie",
            "via",
            "www-authenticate",
            "x-real-ip",
            // What the content is, and what the response means.
            "age",
            "content-encoding",
            "content-range",
            "content-type",
            "date",
            "expires",
            "location",
            "retry-after",
            "vary",
            "warning");

    private TrailerFields() {}

    /** Whether a field of that name may stand after a body. */
    public static boolean permits(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !FORBIDDEN.contains(lower) && !lower.startsWith("x-forwarded") && !lower.startsWith(":");
    }

    /**
     * Those that may be passed on; a copy.
     *
     * @param named what the message's {@code Connection} names, in lower case (RFC 9110 section 7.6.1)
     */
    public static MultiMap permitted(Iterable<Map.Entry<String, String>> received, Set<String> named) {
        MultiMap kept = HttpHeaders.headers();
        for (Map.Entry<String, String> field : received) {
            if (permits(field.getKey()) && !named.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                kept.add(field.getKey(), field.getValue());
            }
        }
        return kept;
    }

    /** Whether a client says that it takes trailers, for this connection as the rules for {@code TE} want it (section 10.1.4). */
    public static boolean areWelcome(HttpServerRequest request) {
        MultiMap fields = request.headers();
        return fields.contains(TE)
                && hasToken(fields.getAll(TE), "trailers")
                && (request.version() != HttpVersion.HTTP_1_1 || hasToken(fields.getAll(HttpHeaders.CONNECTION), "te"));
    }

    /** Says to the next hop that they are. */
    public static void welcome(MultiMap fields) {
        fields.set(TE, TRAILERS);
    }

    /** Says nothing of that: HTTP/1 has trailers without a word too. */
    public static void unwelcome(MultiMap fields) {
        fields.remove(TE);
    }

    /** Takes the announcement of trailers from a message. */
    public static void conceal(MultiMap fields) {
        fields.remove(TRAILER);
    }

    /** Leaves of the announcement of trailers what is going to be passed on, and none where the body has a length beforehand. */
    static void announce(MultiMap fields) {
        if (!fields.contains(TRAILER)) {
            return;
        }
        String names = fields.contains(HttpHeaders.CONTENT_LENGTH)
                ? ""
                : fields.getAll(TRAILER).stream()
                        .flatMap(line -> List.of(line.split(",", -1)).stream())
                        .map(String::strip)
                        .filter(name -> FieldRules.isToken(name) && permits(name))
                        .reduce((names1, name) -> names1 + ", " + name)
                        .orElse("");
        if (names.isEmpty()) {
            fields.remove(TRAILER);
        } else {
            fields.set(TRAILER, names);
        }
    }

    private static boolean hasToken(List<String> lines, String token) {
        return lines.stream()
                .flatMap(line -> List.of(line.split(",", -1)).stream())
                .anyMatch(part -> part.split(";", 2)[0].strip().equalsIgnoreCase(token));
    }
}
