package dev.jarway.runtime.tls;

/** That a certificate, or a key, is not what it has to be. */
final class PemException extends Exception {
    private static final long serialVersionUID = 1;

    private final Part part;
    private final String expected;

    /** Where it went wrong. */
    enum Part {
        CERT,
        KEY
    }

    PemException(Part part, String detail, String expected) {
        super(detail);
        this.part = part;
        this.expected = expected;
    }

    Part part() {
        return part;
    }

    /** What would have been right. */
    String expected() {
        return expected;
    }

    /** What was found, and what would have been right. */
    String told() {
        return getMessage() + " (expected: " + expected + ")";
    }
}
