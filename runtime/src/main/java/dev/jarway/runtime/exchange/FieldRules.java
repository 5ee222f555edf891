package dev.jarway.runtime.exchange;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/** What the name and value of a header field may look like, and which fields are the gateway's own to write. */
final class FieldRules {
    /** Fields that say where one message ends and the next begins, or that concern one connection alone. */
    private static final Set<String> GATEWAY_OWNED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade");

    /** Most of what filters write is told from these by its length alone. */
    private static final BitSet OWNED_LENGTHS =
            GATEWAY_OWNED.stream().collect(BitSet::new, (set, name) -> set.set(name.length()), BitSet::or);

    private static final boolean[] TOKEN_CHARACTERS = tokenCharacters();

    private FieldRules() {}

    /** Refuses a name that is no token (RFC 9110 section 5.6.2), or whose field a filter may not write. */
    static void checkName(String name) {
        if (!isToken(name)) {
            throw new IllegalArgumentException("header name: '" + printable(name) + "' (expected: a token)");
        }
        if (isGatewayOwned(name)) {
            throw new IllegalArgumentException("header name: " + name + " (expected: a field other than "
                    + "content-length, host and those of the connection, which the gateway writes itself)");
        }
    }

    private static boolean isGatewayOwned(String name) {
        return OWNED_LENGTHS.get(name.length()) && GATEWAY_OWNED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Refuses a value that would end the field early, or that a recipient might refuse (RFC 9110 section 5.5). */
    static void checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException("header " + name + ": character " + (int) c + " at index " + i
                        + " (expected: no control character but HTAB, nothing beyond ISO 8859-1)");
            }
        }
    }

    /** Whether the text is a token (RFC 9110 section 5.6.2). */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenCharacter(char c) {
        return c < TOKEN_CHARACTERS.length && TOKEN_CHARACTERS[c];
    }

    private static boolean[] tokenCharacters() {
        boolean[] marks = new boolean[0x80];
        for (char c = 0; c < marks.length; c++) {
            marks[c] = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
        return marks;
    }

    private static String printable(String text) {
        return text.codePoints()
                .limit(80)
                .map(c -> c < ' ' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
