package dev.jarway.runtime.config;

import dev.jarway.plugin.Endpoint;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The forms of the short texts in a configuration. Each function is empty for a text that fits, else says what was expected. */
final class Syntax {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> METHODS =
            Set.of("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    // Possessive, here and below: other loops over groups recurse, and a long text would overflow the stack.
    private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")*+|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern AUTHORITY = Pattern.compile("(" + HOST + ")(:(?<port>[1-9][0-9]{0,4}))?");
    private static final Pattern WILDCARD = Pattern.compile("\\*(\\." + LABEL + ")++");
    private static final int LONGEST_HOST = 253;
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String PRE_RELEASE = "(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*+)?";
    private static final String BUILD = "(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*+)?";
    private static final Pattern SEMANTIC_VERSION =
            Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + PRE_RELEASE + BUILD);

    private Syntax() {}

    /** The name of a method or a header. */
    static Optional<String> token(String text) {
        return check(TOKEN.matcher(text).matches(), "letters, digits and any of !#$%&'*+.^_`|~-");
    }

    /** Methods are compared as they are, so {@code get} would fit nothing. */
    static Optional<String> method(String text) {
        var upper = text.toUpperCase(Locale.ROOT);
        return METHODS.contains(upper) && !upper.equals(text) ? Optional.of(upper) : token(text);
    }

    static Optional<String> host(String text) {
        var fits = HOST.matcher(text).matches() || WILDCARD.matcher(text).matches();
        return check(
                fits && text.length() <= LONGEST_HOST,
                "a host name such as www.example.com, or *.example.com, without a port");
    }

    static Optional<String> serverName(String text) {
        return check(
                HOST.matcher(text).matches() && !text.startsWith("[") && text.length() <= LONGEST_HOST,
                "a host name such as www.example.com");
    }

    /** A host, perhaps with a port. */
    static Optional<String> authority(String text) {
        var parts = AUTHORITY.matcher(text);
        var port = parts.matches() && parts.group("port") != null ? Integer.parseInt(parts.group("port")) : 0;
        return check(
                parts.matches() && port <= 65_535 && text.length() <= LONGEST_HOST,
                "a host name such as www.example.com, or one with a port, as in www.example.com:8080");
    }

    /** Where an endpoint is. */
    static Optional<String> endpoint(String url) {
        try {
            var unused = new Endpoint(URI.create(url), 1);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "http:// or https://, a host name without underscores or an address, and a port from 1 to"
                            + " 65535, as in http://10.0.0.7:8080");
        }
    }

    static Optional<String> hostOrAny(String text) {
        return text.equals("*") ? Optional.empty() : host(text).map(expected -> expected + ", or *");
    }

    static Optional<String> version(String text) {
        return check(SEMANTIC_VERSION.matcher(text).matches(), "a version such as 1.2.0");
    }

    static Optional<String> regex(String text) {
        try {
            Pattern.compile(text);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("a Java regular expression; this one has: " + e.getDescription());
        }
    }

    /** What a header or a parameter of the query is held to. */
    static Optional<String> value(String text) {
        return text.startsWith("~") ? regex(text.substring(1)) : Optional.empty();
    }

    private static Optional<String> check(boolean fits, String expected) {
        return fits ? Optional.empty() : Optional.of(expected);
    }
}
