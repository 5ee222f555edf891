package dev.jarway.runtime.config;

import java.util.List;

/** The way statuses are written: one, as in {@code 503}, or a hundred, as in {@code 5xx}. */
public final class StatusPattern {
    static final String PATTERN = "[1-5]([0-9]{2}|xx)";
    static final String EXPECTED = "a status such as 503, or a class such as 5xx";

    private StatusPattern() {}

    /** Whether a status is one of those. */
    public static boolean fits(List<String> patterns, int status) {
        for (String pattern : patterns) {
            boolean fits = pattern.endsWith("xx")
                    ? status / 100 == pattern.charAt(0) - '0'
                    : status == Integer.parseInt(pattern);
            if (fits) {
                return true;
            }
        }
        return false;
    }
}
