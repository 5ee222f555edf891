package dev.jarway.runtime.observability;

import java.time.Instant;

/**
 * The second that a line of a log was about last, as text: date and clock are worked out once for all lines of a second. From any
 * thread.
 */
final class LogTime {
    private static volatile LogTime last = of(0);

    private final long second;
    private final String text;

    private LogTime(long second, String text) {
        this.second = second;
        this.text = text;
    }

    private static LogTime of(long second) {
        String text = Instant.ofEpochSecond(second).toString();
        return new LogTime(second, text.substring(0, text.length() - 1));
    }

    /** Appends a time as {@link Instant#toString} has it: of its fraction, as many thousandths as are needed. */
    static void append(StringBuilder line, Instant time) {
        LogTime known = last;
        if (known.second != time.getEpochSecond()) {
            known = of(time.getEpochSecond());
            last = known;
        }
        line.append(known.text);
        appendFraction(line, time.getNano());
        line.append('Z');
    }

    private static void appendFraction(StringBuilder line, int nanos) {
        if (nanos == 0) {
            return;
        }
        int rest = nanos;
        int digit = 100_000_000;
        line.append('.');
        do {
            for (int i = 0; i < 3; i++) {
                line.append((char) ('0' + rest / digit));
                rest %= digit;
                digit /= 10;
            }
        } while (rest > 0);
    }
}
