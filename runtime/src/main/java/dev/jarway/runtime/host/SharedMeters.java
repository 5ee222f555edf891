package dev.jarway.runtime.host;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The meters of all plugins. Plugins of the same id share theirs, so each meter stays until the last Plugin that uses it has
 * given it back.
 */
final class SharedMeters {
    private final MeterRegistry registry;
    private final Map<MeterName, Shared> meters = new ConcurrentHashMap<>();

    SharedMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    Counter counter(MeterName name) {
        return take(name, Counter.class, () -> {
            var counter = Counter.builder(name.name()).tags(name.tags()).register(registry);
            return new Shared(counter, counter, 0);
        });
    }

    Timer timer(MeterName name) {
        return take(name, Timer.class, () -> {
            var timer = Timer.builder(name.name()).tags(name.tags()).register(registry);
            return new Shared(timer, timer, 0);
        });
    }

    GaugeSum gauge(MeterName name) {
        return take(name, GaugeSum.class, () -> {
            var sum = new GaugeSum(name.name());
            var gauge = Gauge.builder(name.name(), sum, GaugeSum::value)
                    .tags(name.tags())
                    .strongReference(true)
                    .register(registry);
            return new Shared(sum, gauge, 0);
        });
    }

    /** To be called once for each meter taken. */
    void giveBack(MeterName name) {
        meters.computeIfPresent(name, (key, shared) -> {
            if (shared.uses() > 1) {
                return new Shared(shared.face(), shared.meter(), shared.uses() - 1);
            }
            registry.remove(shared.meter());
            return null;
        });
    }

    private <T> T take(MeterName name, Class<T> kind, Supplier<Shared> register) {
        var taken = meters.compute(name, (key, present) -> {
            var shared = present == null ? register.get() : present;
            if (!kind.isInstance(shared.face())) {
                throw new IllegalArgumentException("meter " + name.name() + ": not a "
                        + kind.getSimpleName().toLowerCase(Locale.ROOT)
                        + " (expected: one kind for one name, and this one is taken)");
            }
            return new Shared(shared.face(), shared.meter(), shared.uses() + 1);
        });
        return kind.cast(taken.face());
    }

    /** One meter: what its users work with, what the registry knows, and how many use it. */
    private record Shared(Object face, Meter meter, int uses) {}
}
