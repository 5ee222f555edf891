package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.RequestHead;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The door: it lets in only what can be forwarded without doubt about what it means (RFC 9112 sections 3 and 6). What is
 * routed is what is sent, so a path that the next server might read differently stays outside.
 */
final class Admission {
    /** Dot segments, and slash, backslash, dot or NUL in percent-encoding. */
    private static final Pattern AMBIGUOUS_PATH =
            Pattern.compile("%2f|%5c|%00|(?:^|/)(?:\\.|%2e){1,2}(?:/|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE");

    private Admission() {}

    /** The head of a request, or a {@link GatewayFailure} that says why it stays outside. */
    static RequestHead admit(HttpServerRequest request) {
        String method = request.method().name();
        if (REFUSED_METHODS.contains(method)) {
            throw GatewayFailure.of(FailureCode.METHOD_NOT_IMPLEMENTED, method + " is not served");
        }
        checkFraming(request);
        checkExpectation(request.headers());
        String authority = request.version() == HttpVersion.HTTP_2 ? pseudoAuthority(request) : hostField(request);
        String scheme = request.isSSL() ? "https" : "http";
        String target = request.uri();
        try {
            if (target.equals("*") && method.equals("OPTIONS")) {
                return head(method, scheme, authority, target);
            }
            if (target.startsWith("/")) {
                return head(method, scheme, authority, checkedPath(target));
            }
            return absolute(method, scheme, target);
        } catch (IllegalArgumentException | URISyntaxException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    /** What the log shows of a request that was not let in. */
    static RequestHead refused(HttpServerRequest request) {
        return new RequestHead(request.method().name(), request.isSSL() ? "https" : "http", "-", -1, request.uri());
    }

    private static String hostField(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.size() != 1) {
            throw bad("host: " + hosts.size() + " fields (expected: exactly one)");
        }
        return hosts.getFirst();
    }

    /** What HTTP/2 has in place of the host field, which may stand beside it only if it says the same (RFC 9113 section 8.3.1). */
    private static String pseudoAuthority(HttpServerRequest request) {
        HostAndPort named = request.authority();
        if (named == null) {
            throw bad(":authority: none (expected: a host, and perhaps a port)");
        }
        String authority = named.port() < 0 ? named.host() : named.host() + ":" + named.port();
        for (String host : request.headers().getAll(HttpHeaders.HOST)) {
            if (!host.equalsIgnoreCase(authority)) {
                throw bad("host: another than :authority (expected: the same, or none)");
            }
        }
        return authority;
    }

    private static void checkFraming(HttpServerRequest request) {
        MultiMap fields = request.headers();
        List<String> codings = fields.getAll(HttpHeaders.TRANSFER_ENCODING);
        List<String> lengths = fields.getAll(HttpHeaders.CONTENT_LENGTH);
        if (lengths.size() > 1) {
            throw bad("content-length: " + lengths.size() + " fields (expected: at most one)");
        }
        if (codings.isEmpty()) {
            return;
        }
        if (!lengths.isEmpty()) {
            throw bad("content-length beside transfer-encoding (expected: one of them)");
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            throw bad("transfer-encoding in HTTP/1.0 (expected: content-length)");
        }
        if (codings.size() != 1 || !codings.getFirst().strip().equalsIgnoreCase("chunked")) {
            throw bad("transfer-encoding: not 'chunked' (expected: chunked alone)");
        }
    }

    private static void checkExpectation(MultiMap fields) {
        String expectation = fields.get(HttpHeaders.EXPECT);
        if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
            throw GatewayFailure.of(FailureCode.EXPECTATION_FAILED, "expect (expected: 100-continue)");
        }
    }

    /** The absolute form (RFC 9112 section 3.2.2), whose authority counts rather than the host field. */
    private static RequestHead absolute(String method, String scheme, String target) throws URISyntaxException {
        URI uri = new URI(target);
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getRawAuthority() == null || uri.getRawUserInfo() != null) {
            throw bad("target: neither a path nor a URL of http (expected: a path that begins with '/')");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return head(method, scheme, uri.getRawAuthority(), checkedPath(path + query));
    }

    private static RequestHead head(String method, String scheme, String authority, String target) {
        int colon = authority.startsWith("[") ? authority.indexOf(':', authority.indexOf(']')) : authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        int port = colon < 0 || colon == authority.length() - 1 ? -1 : port(authority.substring(colon + 1));
        return new RequestHead(method, scheme, RequestHead.checkedHost(host.toLowerCase(Locale.ROOT)), port, target);
    }

    private static int port(String text) {
        boolean digits = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : -1;
        if (port < 1 || port > 65_535) {
            throw bad("host: port (expected: 1 to 65535)");
        }
        return port;
    }

    private static String checkedPath(String target) {
        RequestHead.checkedTarget(target);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (path.indexOf('%') >= 0 && BROKEN_ENCODING.matcher(path).find()) {
            throw bad("path: '%' without two hexadecimal digits");
        }
        if ((path.indexOf('%') >= 0 || path.indexOf('.') >= 0)
                && AMBIGUOUS_PATH.matcher(path).find()) {
            throw bad("path: a dot segment, or an encoded slash, backslash or NUL (expected: a path of one meaning)");
        }
        return target;
    }

    private static GatewayFailure bad(String detail) {
        return GatewayFailure.of(FailureCode.BAD_REQUEST, detail);
    }
}
