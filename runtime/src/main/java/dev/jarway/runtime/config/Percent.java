package dev.jarway.runtime.config;

/** The way shares are written. */
final class Percent {
    static final String PATTERN = "(100|[0-9]{1,2})%";
    static final String EXPECTED = "percent, from 0% to 100%";

    private Percent() {}

    /** A text of that form as a share, from 0 to 1. */
    static double share(String text) {
        return of(text) / 100.0;
    }

    /** A text of that form in hundredths: where something is counted, shares would be off by one now and then. */
    static int of(String text) {
        return Integer.parseInt(text.substring(0, text.length() - 1));
    }
}
