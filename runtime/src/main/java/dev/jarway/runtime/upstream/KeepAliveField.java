package dev.jarway.runtime.upstream;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Keep-Alive} of a response, in which an endpoint may say for how long it keeps a connection that is idle. It is no part of
 * a standard; its form is that of RFC 2068 section 19.7.1.
 */
final class KeepAliveField {
    private static final Pattern TIMEOUT =
            Pattern.compile("(?:^|,)[ \t]*timeout[ \t]*=[ \t]*([0-9]{1,9})[ \t]*(?:,|$)", Pattern.CASE_INSENSITIVE);

    /** What a request takes on its way, and clocks differ by. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private KeepAliveField() {}

    /**
     * For how long such a connection may be used again: not until the very end, or the endpoint closes it while a request is on its
     * way.
     *
     * @param most what the gateway would keep it for, and does where the field says nothing of it
     */
    static Duration kept(String field, Duration most) {
        Matcher timeout = TIMEOUT.matcher(field);
        if (!timeout.find()) {
            return most;
        }
        Duration said = Duration.ofSeconds(Long.parseLong(timeout.group(1)));
        Duration half = said.dividedBy(2);
        Duration safe = said.minus(half.compareTo(MARGIN) < 0 ? half : MARGIN);
        return safe.compareTo(most) < 0 ? safe : most;
    }
}
