package dev.jarway.runtime.exchange;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * A response before the final one (RFC 9110 section 15.2), which filters do not see.
 *
 * @param status from 100 to 199, and not 101
 * @param fields those that may be passed on
 */
public record Provisional(int status, MultiMap fields) {
    /** That the body may come now. */
    public static final int CONTINUE = 100;

    private static final int SWITCHING_PROTOCOLS = 101;

    /** Whether a response of that status is one. */
    public static boolean isOne(int status) {
        return status >= 100 && status < 200 && status != SWITCHING_PROTOCOLS;
    }

    /** One as it has come in; what concerns its connection is taken from the fields. */
    public static Provisional received(int status, MultiMap fields) {
        ConnectionFields.strip(fields);
        fields.remove(HttpHeaders.CONTENT_LENGTH);
        return new Provisional(status, fields);
    }

    /** One that says that the body may come. */
    public static Provisional proceed() {
        return new Provisional(CONTINUE, HttpHeaders.headers());
    }
}
