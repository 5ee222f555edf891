package dev.jarway.runtime.balance;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How an endpoint is. Immutable; times are those of the monotonic clock, but for {@code since}.
 *
 * @param failing whether it fails its checks
 * @param ejection until when it is ejected, if it is
 * @param ejections how often it has been ejected in a row
 * @param warming since when it has been getting a growing share, if it does
 * @param reason of the last change
 * @param since when that was
 */
record Standing(
        boolean failing,
        Optional<Long> ejection,
        int ejections,
        Optional<Warmth> warming,
        String reason,
        Instant since) {
    /** Less would hardly warm anything. */
    private static final double LEAST_SHARE = 0.1;

    /** The beginning of a slow start, which is not known until somebody has looked at the clock. */
    record Warmth(Optional<Long> since) {
        static final Warmth ABOUT_TO = new Warmth(Optional.empty());

        static Warmth since(long nanos) {
            return new Warmth(Optional.of(nanos));
        }
    }

    /** Nothing is known against it. */
    static Standing unknown(Instant since) {
        return new Standing(false, Optional.empty(), 0, Optional.empty(), "new", since);
    }

    boolean ejected() {
        return ejection.isPresent();
    }

    Standing failing(String why, Instant now) {
        return new Standing(true, ejection, ejections, Optional.empty(), why, now);
    }

    Standing passing(String why, Instant now) {
        return new Standing(false, ejection, ejections, warming, why, now);
    }

    Standing ejected(long until, String why, Instant now) {
        return new Standing(failing, Optional.of(until), ejections + 1, Optional.empty(), why, now);
    }

    Standing returned(String why, Instant now) {
        return new Standing(failing, Optional.empty(), ejections, warming, why, now);
    }

    /** It has been well for long enough: the next ejection is as short as the first. */
    Standing forgiven() {
        return new Standing(failing, ejection, 0, warming, reason, since);
    }

    Standing warming(Warmth warmth) {
        return new Standing(failing, ejection, ejections, Optional.of(warmth), reason, since);
    }

    Standing warm() {
        return new Standing(failing, ejection, ejections, Optional.empty(), reason, since);
    }

    /** How much of its share it gets, from 0 to 1, if a slow start takes that long. */
    double share(Duration slowStart, long now) {
        if (warming.isEmpty()) {
            return 1;
        }
        double done = warming.get()
                .since()
                .map(since -> (now - since) / (double) slowStart.toNanos())
                .orElse(0.0);
        return Math.clamp(done, LEAST_SHARE, 1);
    }
}
