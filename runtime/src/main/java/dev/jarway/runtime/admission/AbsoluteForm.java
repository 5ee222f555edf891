package dev.jarway.runtime.admission;

import dev.jarway.runtime.exchange.Authority;

/**
 * A target in absolute-form (RFC 9112 section 3.2.2), as clients send it to proxies, and servers must take it.
 *
 * @param secure whether it begins with {@code https}
 * @param authority whom it names
 * @param rest path and query; may be empty, or a query alone
 */
record AbsoluteForm(boolean secure, Authority authority, String rest) {

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    static AbsoluteForm parse(String target) {
        int from = schemeEnd(target);
        if (from < 0) {
            throw new IllegalArgumentException(
                    "target: neither a path nor a URL of http (expected: a path that begins with '/')");
        }
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return new AbsoluteForm(from == 8, Authority.parse(target.substring(from, end)), target.substring(end));
    }

    private static int schemeEnd(String target) {
        if (target.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }

    /** Whether that is the same as a host field's; a port that the scheme has anyway need not stand in both. */
    boolean names(Authority host) {
        return authority.host().equals(host.host()) && port(authority) == port(host);
    }

    private int port(Authority of) {
        return of.port() >= 0 ? of.port() : secure ? 443 : 80;
    }

    /** The target in origin-form. What is asked of the server as a whole is asked so of the next one too (section 3.2.4). */
    String rest(String method) {
        if (rest.isEmpty()) {
            return method.equals("OPTIONS") ? "*" : "/";
        }
        return rest.charAt(0) == '/' ? rest : "/" + rest;
    }
}
