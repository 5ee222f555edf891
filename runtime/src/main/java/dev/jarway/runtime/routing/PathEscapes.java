package dev.jarway.runtime.routing;

/** The one form in which paths are compared: RFC 3986 section 6.2.2, for percent-encoding. */
final class PathEscapes {

    private PathEscapes() {}

    /**
     * The path with escapes of unreserved characters decoded and the digits of the others in upper case. The path itself if
     * it has no escapes. What only looks like an escape stays as it is.
     */
    static String normalize(String path) {
        int escape = path.indexOf('%');
        if (escape == -1) {
            return path;
        }
        var normal = new StringBuilder(path.length()).append(path, 0, escape);
        for (int i = escape; i < path.length(); i++) {
            int octet = path.charAt(i) == '%' ? octet(path, i) : -1;
            if (octet == -1) {
                normal.append(path.charAt(i));
                continue;
            }
            if (unreserved(octet)) {
                normal.append((char) octet);
            } else {
                normal.append('%').append(upper(path.charAt(i + 1))).append(upper(path.charAt(i + 2)));
            }
            i += 2;
        }
        return normal.toString();
    }

    private static int octet(String path, int percent) {
        if (percent + 2 >= path.length()) {
            return -1;
        }
        int high = digit(path.charAt(percent + 1));
        int low = digit(path.charAt(percent + 2));
        return high == -1 || low == -1 ? -1 : high * 16 + low;
    }

    /** Not {@link Character#digit}, to which digits of all scripts are digits. */
    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static char upper(char digit) {
        return digit >= 'a' ? (char) (digit - 'a' + 'A') : digit;
    }

    private static boolean unreserved(int octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }
}
