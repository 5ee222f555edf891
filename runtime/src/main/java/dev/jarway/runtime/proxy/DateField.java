package dev.jarway.runtime.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * When a response was made or, where nobody has said so, has come here: a recipient with a clock says it (RFC 9110 section 6.6.1).
 */
final class DateField {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    /** Of the second in which it was asked for last; written by whichever event loop is first. */
    private static volatile Second last = Second.of(0);

    private DateField() {}

    /** A second, and how it is written (RFC 9110 section 5.6.7). */
    private record Second(long number, CharSequence text) {

        static Second of(long number) {
            return new Second(number, HttpHeaders.createOptimized(FORMAT.format(Instant.ofEpochSecond(number))));
        }
    }

    /** Adds it to fields that do not have it. */
    static void complete(MultiMap fields) {
        if (!fields.contains(HttpHeaders.DATE)) {
            fields.set(HttpHeaders.DATE, at(System.currentTimeMillis()));
        }
    }

    /** How that moment is written, in milliseconds since 1970. */
    static CharSequence at(long millis) {
        long second = millis / 1000;
        Second now = last;
        if (now.number() != second) {
            now = Second.of(second);
            last = now;
        }
        return now.text();
    }
}
