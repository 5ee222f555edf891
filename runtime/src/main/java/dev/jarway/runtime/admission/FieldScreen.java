package dev.jarway.runtime.admission;

import dev.jarway.runtime.config.FieldsConfig.Underscores;
import dev.jarway.runtime.exchange.RawFields;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The look at each header field of a request. */
final class FieldScreen {
    /** What HTTP/2 has no use for, and must not be carried over to HTTP/1 (RFC 9113 section 8.2.2). */
    private static final Set<String> OF_HTTP1 =
            Set.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade");

    /** What would change how a message is read (RFC 9110 section 6.5.1). */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "host", "trailer");

    /** What services believe, since the gateway alone writes it; all that begins with {@code x-forwarded} besides. */
    private static final Set<String> OF_GATEWAY =
            Set.of("client-cert", "client-cert-chain", "content-length", "forwarded", "transfer-encoding", "x-real-ip");

    /** What HTTP/2 itself counts for a field (RFC 9113 section 6.5.2). */
    private static final int OVERHEAD = 32;

    private final Door door;
    private final Underscores underscores;

    FieldScreen(Door door) {
        this.door = door;
        this.underscores = door.fields().underscores();
    }

    /** Sees to fields that go by two names. That of the gateway's own is not kept in any case: it would be a way around it. */
    void screen(MultiMap fields) {
        List<String> found = null;
        for (var walk = RawFields.of(fields); walk.hasNext(); ) {
            CharSequence name = walk.next().getKey();
            if (hasUnderscore(name) && (underscores != Underscores.KEEP || isOfGateway(name.toString()))) {
                found = found == null ? new ArrayList<>() : found;
                found.add(name.toString());
            }
        }
        if (found == null) {
            return;
        }
        if (underscores == Underscores.REJECT) {
            throw bad("header field: an underscore in its name (see headers.underscores)");
        }
        found.forEach(fields::remove);
    }

    private static boolean hasUnderscore(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '_') {
                return true;
            }
        }
        return false;
    }

    /** Whether CGI, WSGI and their like take it for a field that the gateway writes. */
    private static boolean isOfGateway(String name) {
        String read = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return read.startsWith("x-forwarded") || OF_GATEWAY.contains(read);
    }

    /**
     * Refuses over HTTP/2 what would have another meaning in HTTP/1, for which a line break is enough, and what is too much. The
     * rest of what RFC 9113 section 8.2 wants, Netty sees to.
     */
    void checkHttp2(MultiMap fields, String method, @Nullable String scheme) {
        checkToken("method", method);
        if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw bad(":scheme (expected: http or https)");
        }
        int count = 0;
        long size = 0;
        for (Map.Entry<String, String> field : fields) {
            String name = field.getKey();
            count++;
            size += name.length() + field.getValue().length() + OVERHEAD;
            checkToken("header field", name);
            checkLowerCase(name);
            checkValue(field.getValue());
            if (OF_HTTP1.contains(name)
                    || (name.equals("te") && !field.getValue().equalsIgnoreCase("trailers"))) {
                throw bad(name + ": in HTTP/2 (expected: only in HTTP/1.1)");
            }
        }
        if (count > door.limits().headerCount()) {
            throw door.reached(Limit.HEADER_COUNT, door.limits().headerCount() + " fields");
        }
        if (size > door.limits().headers()) {
            throw door.reached(Limit.HEADERS, door.limits().headers() + " bytes");
        }
    }

    /** The same for trailers, of which in HTTP/1 the {@link WireScan} sees each before it is kept. */
    void checkHttp2Trailers(Iterable<Map.Entry<String, String>> trailers) {
        long size = 0;
        for (Map.Entry<String, String> field : trailers) {
            size += field.getKey().length() + field.getValue().length() + OVERHEAD;
            checkToken("trailer", field.getKey());
            checkValue(field.getValue());
            if (FRAMING.contains(field.getKey())) {
                throw bad("trailers: a field that has its place before the body");
            }
        }
        if (size > door.limits().trailers()) {
            throw door.reached(Limit.TRAILERS, door.limits().trailers() + " bytes");
        }
    }

    private static void checkToken(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7f || !Octets.isToken(c)) {
                throw bad(what + ": no token");
            }
        }
        if (text.isEmpty()) {
            throw bad(what + ": empty");
        }
    }

    private static void checkLowerCase(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
                throw bad("header field: a capital letter in its name (RFC 9113 section 8.2.1)");
            }
        }
    }

    private static void checkValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0xff || !Octets.isInValue(c)) {
                throw bad("header field: a control character in its value");
            }
        }
    }

    private static GatewayFailure bad(String detail) {
        return GatewayFailure.of(FailureCode.BAD_REQUEST, detail);
    }
}
