package dev.jarway.runtime.forwarding;

import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.Provenance;
import dev.jarway.runtime.exchange.RawFields;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The fields by which a service learns who is behind the gateway, and those by which others could say something else. */
final class ForwardedFields {
    static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
    static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
    static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
    static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");
    static final CharSequence PORT = HttpHeaders.createOptimized("x-forwarded-port");
    static final CharSequence REAL_IP = HttpHeaders.createOptimized("x-real-ip");

    private static final String PREFIX = "x-forwarded-";

    /** What the gateway says itself, and what says the same by another name: never passed on, whoever has sent it. */
    private static final List<CharSequence> NEVER = Stream.concat(
                    Stream.of(FORWARDED, FOR, HOST, PROTO, PORT, REAL_IP),
                    Stream.of("x-forwarded", "x-forwarded-scheme", "x-forwarded-ssl")
                            .map(HttpHeaders::createOptimized))
            .toList();

    private ForwardedFields() {}

    /**
     * Takes off what the gateway says itself.
     *
     * @param others whether other fields that begin with {@code x-forwarded-} stay: they are of a proxy that is believed
     */
    static void strip(MultiMap fields, boolean others) {
        Set<String> claims = null;
        for (var walk = RawFields.of(fields); walk.hasNext(); ) {
            CharSequence name = walk.next().getKey();
            if (isClaim(name, others)) {
                claims = claims == null ? new HashSet<>() : claims;
                claims.add(name.toString());
            }
        }
        if (claims != null) {
            claims.forEach(fields::remove);
        }
    }

    /** Of most fields that is known by their first letter. */
    private static boolean isClaim(CharSequence name, boolean others) {
        if (name.isEmpty()) {
            return false;
        }
        char first = AsciiString.toLowerCase(name.charAt(0));
        if (first != 'x' && first != 'f') {
            return false;
        }
        boolean one = AsciiString.regionMatches(name, true, 0, PREFIX, 0, PREFIX.length());
        if (one && !others) {
            return true;
        }
        for (int i = 0; i < NEVER.size(); i++) {
            if (AsciiString.contentEqualsIgnoreCase(NEVER.get(i), name)) {
                return true;
            }
        }
        return false;
    }

    static void writeXForwarded(ExchangeRequest request) {
        MultiMap fields = request.fields();
        Provenance provenance = request.provenance();
        fields.set(FOR, addresses(provenance.path()));
        fields.set(HOST, host(request));
        fields.set(PROTO, request.scheme());
        provenance.port().ifPresent(port -> fields.set(PORT, String.valueOf(port)));
    }

    private static String addresses(List<InetSocketAddress> path) {
        String first = path.getFirst().getHostString();
        if (path.size() == 1) {
            return first;
        }
        StringBuilder all = new StringBuilder(first);
        for (InetSocketAddress hop : path.subList(1, path.size())) {
            all.append(", ").append(hop.getHostString());
        }
        return all.toString();
    }

    /** The client's address alone. */
    static void writeRealIp(ExchangeRequest request) {
        request.fields().set(REAL_IP, request.provenance().client().getHostString());
    }

    /** An element for each hop, the client's first: how it has asked stands there too (RFC 7239 section 4). */
    static void writeForwarded(ExchangeRequest request) {
        StringBuilder value = new StringBuilder();
        for (InetSocketAddress node : request.provenance().path()) {
            if (value.isEmpty()) {
                value.append("for=").append(node(node)).append(";host=").append(quoted(host(request)));
                value.append(";proto=").append(request.scheme());
            } else {
                value.append(", for=").append(node(node));
            }
        }
        request.fields().set(FORWARDED, value.toString());
    }

    /** What the client has asked for. A proxy that is believed has seen that; what stands in the request may be the proxy's own. */
    private static String host(ExchangeRequest request) {
        return request.provenance()
                .host()
                .orElseGet(() -> request.port() < 0 ? request.host() : request.host() + ":" + request.port());
    }

    /** An address, those of IPv6 in brackets and without what they are called on this machine (RFC 7239 section 6). */
    private static String node(InetSocketAddress node) {
        String text = node.getHostString();
        return text.indexOf(':') < 0 ? text : "\"[" + text.split("%", 2)[0] + "]\"";
    }

    /** A host has none of the characters that need a backslash. */
    private static String quoted(String host) {
        return host.indexOf(':') < 0 ? host : "\"" + host + "\"";
    }
}
