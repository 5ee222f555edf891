package dev.jarway.soak;

/**
 * A figure that is not as it has to be.
 *
 * @param figure which
 * @param found what it is
 * @param expected what it ought to be
 * @param ofTime whether it is a limit of time, which a busy machine may break too
 */
record Breach(String figure, String found, String expected, boolean ofTime) {

    static Breach of(String figure, Object found, String expected) {
        return new Breach(figure, String.valueOf(found), expected, false);
    }

    static Breach ofTime(String figure, String found, String expected) {
        return new Breach(figure, found, expected, true);
    }

    @Override
    public String toString() {
        return figure + ": " + found + " (expected: " + expected + ")";
    }
}
