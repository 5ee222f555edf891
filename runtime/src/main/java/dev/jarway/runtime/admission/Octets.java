package dev.jarway.runtime.admission;

/** The classes of octets that the grammar of HTTP knows (RFC 9110 section 5.5, 5.6.2; RFC 5234 appendix B.1). */
final class Octets {
    private static final byte TOKEN = 1;
    private static final byte IN_VALUE = 2;
    private static final byte IN_TARGET = 4;
    private static final byte[] CLASSES = classes();

    private Octets() {}

    /** What names consist of: of fields, methods, codings. */
    static boolean isToken(int octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** Whether there is a name, and it is one. */
    static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f || !isToken(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** What stands in the value of a field: visible characters, blanks, and what is beyond ASCII; no control character. */
    static boolean isInValue(int octet) {
        return (CLASSES[octet & 0xff] & IN_VALUE) != 0;
    }

    /** Visible ASCII, without what no URI has in it. */
    static boolean isInTarget(int octet) {
        return (CLASSES[octet & 0xff] & IN_TARGET) != 0;
    }

    static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }

    /** The value of a hexadecimal digit; -1 if it is none. */
    static int hex(int octet) {
        if (isDigit(octet)) {
            return octet - '0';
        }
        int small = octet | 0x20;
        return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0; c < 256; c++) {
            boolean visible = c > ' ' && c < 0x7f;
            boolean letterOrDigit = isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x7f);
            if (visible && (letterOrDigit || "!#$%&'*+-.^_`|~".indexOf(c) >= 0)) {
                classes[c] |= TOKEN;
            }
            if (visible || c == ' ' || c == '\t' || c > 0x7f) {
                classes[c] |= IN_VALUE;
            }
            if (visible && c != '#' && c != '\\') {
                classes[c] |= IN_TARGET;
            }
        }
        return classes;
    }
}
