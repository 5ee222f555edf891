package dev.jarway.runtime.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** The way durations are written: a whole number and its unit. */
final class Durations {
    private static final String UNITS = "(ms|s|m|h|d)$";
    static final String FORMAT = "jarway-duration";
    static final String ANY = "^(0|[1-9][0-9]{0,11})" + UNITS;
    static final String POSITIVE = "^([1-9][0-9]{0,11})" + UNITS;
    static final String EXPECTED = "a duration such as 500ms, 5s, 1m, 2h or 1d";

    private static final Pattern PATTERN = Pattern.compile(ANY);
    // Timers count nanoseconds in a long, which ends at 292 years.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    static Duration parse(String text) {
        var matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        var amount = Long.parseLong(matcher.group(1));
        var duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("at most 36500d");
        }
        return duration;
    }
}
