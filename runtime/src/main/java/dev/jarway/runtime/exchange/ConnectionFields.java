package dev.jarway.runtime.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields that concern one connection alone and are not passed on (RFC 9110 section 7.6.1). */
public final class ConnectionFields {
    private static final List<CharSequence> ALWAYS = List.of(
            HttpHeaders.CONNECTION,
            HttpHeaders.createOptimized("keep-alive"),
            HttpHeaders.createOptimized("proxy-connection"),
            HttpHeaders.createOptimized("te"),
            HttpHeaders.TRANSFER_ENCODING,
            HttpHeaders.createOptimized("trailer"),
            HttpHeaders.createOptimized("upgrade"));

    /** What a sender must not have removed by naming it in {@code Connection}: these the next hop relies on. */
    private static final Set<String> KEPT = Set.of("host", "content-length", "authorization", "cookie", "forwarded");

    private ConnectionFields() {}

    /** Removes them from the fields of a message that has come in. */
    public static void strip(MultiMap fields) {
        if (fields.contains(HttpHeaders.CONNECTION)) {
            for (String line : fields.getAll(HttpHeaders.CONNECTION)) {
                stripNamed(fields, line);
            }
        }
        ALWAYS.forEach(fields::remove);
    }

    private static void stripNamed(MultiMap fields, String line) {
        for (String option : line.split(",", -1)) {
            String name = option.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !KEPT.contains(name) && !name.startsWith("x-forwarded-")) {
                fields.remove(name);
            }
        }
    }
}
