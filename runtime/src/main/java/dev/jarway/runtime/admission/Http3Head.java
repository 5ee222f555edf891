package dev.jarway.runtime.admission;

import io.netty.handler.codec.http3.Http3Headers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.headers.HttpRequestHeaders;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the header fields of a request over HTTP/3 have to be before Vert.x makes a request of them. */
final class Http3Head {
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path");

    private Http3Head() {}

    /** Why they are malformed (RFC 9114 sections 4.1.2 and 4.3.1); null if they are not. */
    static @Nullable String malformed(Http3Headers fields) {
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            CharSequence name = field.getKey();
            if (!name.isEmpty() && name.charAt(0) == ':' && !PSEUDO.contains(name.toString())) {
                return name + ": not of a request";
            }
        }
        int hosts = fields.getAll(HttpHeaders.HOST).size();
        if (hosts > 1) {
            return "host: " + hosts + " fields (expected: one, or none)";
        }
        return isReadable(fields) ? null : "pseudo-header fields: not those of a request";
    }

    /** Vert.x looks itself, and leaves alone what does not pass. */
    private static boolean isReadable(Http3Headers fields) {
        try {
            return new HttpRequestHeaders(fields).validate();
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
