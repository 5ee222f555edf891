package dev.jarway.runtime.admission;

import dev.jarway.runtime.exchange.Authority;
import dev.jarway.runtime.exchange.RequestHead;
import dev.jarway.runtime.exchange.TrailerFields;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.forwarding.Forwarding;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What decides whether a request is let in: only what can be forwarded without doubt about what it means. It comes after the
 * {@link WireGuard}, and does not rely on it: over HTTP/2 and HTTP/3 there is none.
 */
public final class Admission {
    /** Of which the request line has one, behind a blank. */
    private static final int VERSION = " HTTP/1.1".length();

    private final Door door;
    private final PathRules paths;
    private final FieldScreen fields;
    private final Forwarding forwarding;
    private final Consumer<HttpServerRequest> letIn;

    /** At that door; what is let in is told to that one, who may add what the gateway itself says of it. */
    public Admission(Door door, Forwarding forwarding, Consumer<HttpServerRequest> letIn) {
        this.door = door;
        this.forwarding = forwarding;
        this.letIn = letIn;
        this.paths = new PathRules(door.paths());
        this.fields = new FieldScreen(door);
    }

    /** At which door it stands. */
    public Door door() {
        return door;
    }

    /** Whom it believes of those who tell whom they speak for. */
    public Forwarding forwarding() {
        return forwarding;
    }

    /** The head of a request, or a {@link GatewayFailure} that says why it stays outside. Takes fields off that are not let in. */
    public RequestHead admit(HttpServerRequest request) {
        if (request.decoderResult().isFailure()) {
            throw WireGuard.failure(request.decoderResult().cause());
        }
        boolean http1 = isHttp1(request);
        MultiMap received = request.headers();
        String method = request.method().name();
        if (!http1) {
            checkServed(method); // CONNECT has no scheme there.
            fields.checkHttp2(received, method, request.scheme());
            checkLine(request);
        }
        fields.screen(received);
        checkFraming(request, received);
        try {
            Authority authority = http1 ? hostField(received) : pseudoAuthority(request);
            checkServed(method);
            checkExpectation(received);
            RequestHead head = head(request, method, authority);
            letIn.accept(request);
            return head;
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The trailers of a request that may be passed on, or a {@link GatewayFailure} that says why it has to break off.
     *
     * @param named what the request's {@code Connection} names, in lower case
     */
    public MultiMap admitTrailers(
            HttpServerRequest request, Iterable<Map.Entry<String, String>> received, Set<String> named) {
        if (!isHttp1(request)) {
            fields.checkHttp2Trailers(received);
        }
        MultiMap kept = TrailerFields.permitted(received, named);
        fields.screen(kept);
        return kept;
    }

    private static boolean isHttp1(HttpServerRequest request) {
        return request.version().compareTo(HttpVersion.HTTP_2) < 0;
    }

    /** What the log shows of a request that was not let in. */
    public static RequestHead refused(HttpServerRequest request) {
        return new RequestHead(
                request.method().name(),
                request.isSSL() ? "https" : "http",
                "-",
                -1,
                request.uri() == null ? "-" : request.uri());
    }

    /** What would be the request line in HTTP/1, which the {@link WireScan} measures: a service may have to read it as one. */
    private void checkLine(HttpServerRequest request) {
        int most = door.limits().requestLine();
        String target = request.uri() == null ? "" : request.uri();
        if (request.method().name().length() + 1L + target.length() + VERSION > most) {
            throw door.reached(Limit.REQUEST_LINE, most + " bytes");
        }
    }

    /** CONNECT would make a tunnel of the gateway, TRACE show a client what stands in its cookies (RFC 9110 section 9.3). */
    private static void checkServed(String method) {
        if (method.equals("CONNECT") || method.equals("TRACE")) {
            throw GatewayFailure.of(FailureCode.METHOD_NOT_IMPLEMENTED, method + " is not served");
        }
    }

    private RequestHead head(HttpServerRequest request, String method, Authority authority) {
        String scheme = request.isSSL() ? "https" : "http";
        String target = request.uri();
        if (target.startsWith("/")) {
            return new RequestHead(
                    method, scheme, authority.host(), authority.port(), paths.apply(RequestHead.checkedTarget(target)));
        }
        if (target.equals("*") && method.equals("OPTIONS")) {
            return new RequestHead(method, scheme, authority.host(), authority.port(), target);
        }
        if (!isHttp1(request)) {
            throw bad(":path: does not begin with '/' (RFC 9113 section 8.3.1)");
        }
        AbsoluteForm absolute = AbsoluteForm.parse(target);
        if (!absolute.names(authority)) {
            throw bad("host: another than in the target (expected: the same, RFC 9112 section 3.2.2)");
        }
        String rest = absolute.rest(method);
        return new RequestHead(
                method,
                scheme,
                authority.host(),
                authority.port(),
                rest.equals("*") ? rest : paths.apply(RequestHead.checkedTarget(rest)));
    }

    /** There is one, and it says whom the request is for (RFC 9112 section 3.2). */
    private static Authority hostField(MultiMap fields) {
        List<String> hosts = fields.getAll(HttpHeaders.HOST);
        if (hosts.size() != 1) {
            throw bad("host: " + hosts.size() + " fields (expected: exactly one)");
        }
        return Authority.parse(hosts.getFirst());
    }

    /**
     * What HTTP/2 and HTTP/3 have in place of the host field, which may stand beside it only if it says the same (RFC 9113 section
     * 8.3.1, RFC 9114 section 4.3.1).
     */
    private static Authority pseudoAuthority(HttpServerRequest request) {
        Authority authority = PseudoAuthority.of(request);
        if (authority == null) {
            return hostField(request.headers());
        }
        for (String host : request.headers().getAll(HttpHeaders.HOST)) {
            if (!Authority.parse(host).equals(authority)) {
                throw bad("host: another than :authority (expected: the same, or none)");
            }
        }
        return authority;
    }

    /**
     * One way to say how long the body is (RFC 9112 section 6.3): a request with two of them is an attempt to have two servers
     * read it differently, or cannot be told from one.
     */
    private static void checkFraming(HttpServerRequest request, MultiMap fields) {
        String coding = fields.get(HttpHeaders.TRANSFER_ENCODING);
        String length = fields.get(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (fields.getAll(HttpHeaders.CONTENT_LENGTH).size() > 1 || !isLength(length))) {
            throw bad("content-length: not one whole number");
        }
        if (coding == null) {
            return;
        }
        if (length != null) {
            throw bad("content-length beside transfer-encoding (expected: one of them)");
        }
        if (request.version() != HttpVersion.HTTP_1_1) {
            throw bad("transfer-encoding in another version than HTTP/1.1 (expected: content-length)");
        }
        boolean chunked = coding.equalsIgnoreCase("chunked");
        if (!chunked || fields.getAll(HttpHeaders.TRANSFER_ENCODING).size() > 1) {
            throw bad("transfer-encoding: not 'chunked' (expected: chunked alone)");
        }
    }

    private static boolean isLength(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Octets.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 18;
    }

    private static void checkExpectation(MultiMap fields) {
        String expectation = fields.get(HttpHeaders.EXPECT);
        if (expectation == null) {
            return;
        }
        boolean known = expectation.equalsIgnoreCase("100-continue");
        if (!known || fields.getAll(HttpHeaders.EXPECT).size() > 1) {
            throw GatewayFailure.of(FailureCode.EXPECTATION_FAILED, "expect (expected: 100-continue)");
        }
    }

    private static GatewayFailure bad(String detail) {
        return GatewayFailure.of(FailureCode.BAD_REQUEST, detail);
    }
}
