package dev.jarway.runtime.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** The cookies of a request, which HTTP/2 may bring in several fields and HTTP/1 must not (RFC 9113 section 8.2.3). */
final class CookieFields {

    private CookieFields() {}

    /** Makes one field of several. */
    static void join(MultiMap fields) {
        List<String> crumbs = fields.getAll(HttpHeaders.COOKIE);
        if (crumbs.size() > 1) {
            fields.set(HttpHeaders.COOKIE, String.join("; ", crumbs));
        }
    }
}
