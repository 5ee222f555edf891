package dev.jarway.samples.headertransform;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a header field may look like. The gateway checks it too, but not before a request is there. */
final class Fields {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\t\\x20-\\x7e\\x80-\\xff]*");

    /** On these the end of a message or the connection depends. */
    private static final Set<String> OF_THE_GATEWAY = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Fields() {}

    static void check(String place, String name, String value) {
        checkName(place, name);
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    place + "." + name + ": such a value (expected: no control characters, nothing beyond ISO 8859-1)");
        }
    }

    static void checkName(String place, String name) {
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException(place + ": '" + name
                    + "' (expected: the name of a header field: letters, digits, some of !#$%&'*+-.^_`|~)");
        }
        if (OF_THE_GATEWAY.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    place + ": '" + name + "' (expected: a field that the gateway does not write itself,"
                            + " as it does content-length, host and those of the connection)");
        }
    }
}
