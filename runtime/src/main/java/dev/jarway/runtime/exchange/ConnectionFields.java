package dev.jarway.runtime.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields that concern one connection alone and are not passed on (RFC 9110 section 7.6.1). */
public final class ConnectionFields {
    private static final List<CharSequence> ALWAYS = List.of(
            HttpHeaders.CONNECTION,
            HttpHeaders.createOptimized("keep-alive"),
            HttpHeaders.createOptimized("http2-settings"),
            HttpHeaders.createOptimized("proxy-connection"),
            HttpHeaders.createOptimized("te"),
            HttpHeaders.TRANSFER_ENCODING,
            HttpHeaders.createOptimized("upgrade"));

    /** What a sender must not have removed by naming it in {@code Connection}: these the next hop relies on. */
    private static final Set<String> KEPT = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-encoding",
            "authorization",
            "cookie",
            "set-cookie",
            "client-cert",
            "client-cert-chain",
            "expect",
            "date",
            "forwarded",
            "max-forwards",
            "via",
            "x-real-ip",
            "x-request-id",
            "traceparent");

    /** What names of options stand there that are no fields, in messages that name no field. */
    private static final Set<String> OPTIONS = Set.of("close", "keep-alive", "te", "upgrade");

    private ConnectionFields() {}

    /** Whether a message is the last of its connection for whoever sends it (RFC 9112 section 9.6). */
    public static boolean sayClose(MultiMap fields) {
        return fields.contains(HttpHeaders.CONNECTION) && name(fields.getAll(HttpHeaders.CONNECTION), "close");
    }

    /** Whether one of these lines has that member, in whatever case (RFC 9110 section 5.6.1). */
    static boolean name(List<String> lines, String token) {
        for (String line : lines) {
            for (String member : line.split(",", -1)) {
                if (member.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Removes them from the fields of a message that has come in.
     *
     * @return the names in lower case of other fields that concern its connection; they may come as trailers yet
     */
    public static Set<String> strip(MultiMap fields) {
        Set<String> named = Set.of();
        if (fields.contains(HttpHeaders.CONNECTION)) {
            for (String line : fields.getAll(HttpHeaders.CONNECTION)) {
                if (!line.equalsIgnoreCase("keep-alive")) { // As most have it; that field goes in any case.
                    named = stripNamed(fields, line, named);
                }
            }
        }
        ALWAYS.forEach(fields::remove);
        TrailerFields.announce(fields);
        return named;
    }

    private static Set<String> stripNamed(MultiMap fields, String line, Set<String> before) {
        Set<String> named = before;
        for (String option : line.split(",", -1)) {
            String name = option.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !KEPT.contains(name) && !name.startsWith("x-forwarded-")) {
                fields.remove(name);
                if (!OPTIONS.contains(name)) {
                    named = named.isEmpty() ? new HashSet<>() : named;
                    named.add(name);
                }
            }
        }
        return named;
    }
}
