package dev.jarway.runtime.balance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A time that goes on when the test says so. */
final class ManualTime extends Clock {
    private Duration passed = Duration.ofDays(1);

    Timing timing() {
        return new Timing(() -> passed.toNanos(), this);
    }

    void pass(Duration span) {
        passed = passed.plus(span);
    }

    long nanos() {
        return passed.toNanos();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(passed);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
