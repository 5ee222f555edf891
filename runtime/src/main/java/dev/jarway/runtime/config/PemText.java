package dev.jarway.runtime.config;

/** How a text that is PEM (RFC 7468) is told from the name of a file that holds such. */
public final class PemText {
    private static final String BEGIN = "-----BEGIN ";

    private PemText() {}

    /** Whether the text is PEM itself. */
    public static boolean isOne(String text) {
        return text.contains(BEGIN);
    }
}
