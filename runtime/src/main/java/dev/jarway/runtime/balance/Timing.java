package dev.jarway.runtime.balance;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * What time it is.
 *
 * @param nanoTime for spans: it never jumps
 * @param clock for people
 */
public record Timing(LongSupplier nanoTime, Clock clock) {

    /** That of this machine. */
    public static Timing system() {
        return new Timing(System::nanoTime, Clock.systemUTC());
    }

    long nanos() {
        return nanoTime.getAsLong();
    }

    Instant wall() {
        return clock.instant();
    }
}
