package dev.jarway.runtime.host;

import dev.jarway.plugin.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** One Plugin's hold on a meter that it may share with others. */
sealed interface HeldMeter permits GaugeShare, HeldMeter.HeldCounter, HeldMeter.HeldTimer {

    /** The Plugin is closed. */
    default void release() {}

    /** A counter that refuses when its Plugin is closed. */
    record HeldCounter(Lifetime lifetime, Counter counter) implements HeldMeter, Metrics.Counter {

        @Override
        public void add(long amount) {
            lifetime.check();
            if (amount < 0) {
                throw new IllegalArgumentException("amount: " + amount + " (expected: >= 0)");
            }
            counter.increment((double) amount);
        }
    }

    /** A timer that refuses when its Plugin is closed. */
    record HeldTimer(Lifetime lifetime, Timer timer) implements HeldMeter, Metrics.Timer {

        @Override
        public void record(Duration duration) {
            lifetime.check();
            if (duration.isNegative()) {
                throw new IllegalArgumentException("duration: " + duration + " (expected: >= 0)");
            }
            timer.record(duration);
        }
    }
}
