package dev.jarway.runtime.admission;

/**
 * A path as the most careless of servers reads it: percent-encoding taken off, and then whatever has the form of UTF-8 taken for a
 * character, with more bytes than it needs, up to the six of the first edition (RFC 2279), and with none of the checks.
 */
final class Decoded {
    private Decoded() {}

    static String of(String path) {
        StringBuilder octets = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            boolean escape = path.charAt(i) == '%' && i + 2 < path.length();
            octets.append(escape ? (char) Integer.parseInt(path.substring(i + 1, i + 3), 16) : path.charAt(i));
            i += escape ? 2 : 0;
        }
        StringBuilder characters = new StringBuilder();
        for (int i = 0; i < octets.length(); ) {
            int length = length(octets, i);
            characters.appendCodePoint(length == 1 ? octets.charAt(i) : character(octets, i, length));
            i += length;
        }
        return characters.toString();
    }

    /** Of how many octets the character is; 1 as well for one that is none. */
    private static int length(CharSequence octets, int at) {
        int length = Integer.numberOfLeadingZeros(~(octets.charAt(at) << 24));
        if (length < 2 || length > 6 || at + length > octets.length()) {
            return 1;
        }
        for (int i = 1; i < length; i++) {
            if ((octets.charAt(at + i) & 0xc0) != 0x80) {
                return 1;
            }
        }
        return length;
    }

    private static int character(CharSequence octets, int at, int length) {
        int character = octets.charAt(at) & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            character = character << 6 | (octets.charAt(at + i) & 0x3f);
        }
        return character <= Character.MAX_CODE_POINT ? character : 0xfffd;
    }
}
