package dev.jarway.runtime.host;

import static java.util.Objects.requireNonNull;

import dev.jarway.plugin.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** The meters of one Plugin. */
final class HostMetrics implements Metrics {
    private final Lifetime lifetime;
    private final SharedMeters shared;
    private final Map<MeterName, HeldMeter> held = new ConcurrentHashMap<>();

    HostMetrics(Lifetime lifetime, SharedMeters shared) {
        this.lifetime = lifetime;
        this.shared = shared;
    }

    @Override
    public Counter counter(String name, String... tags) {
        var full = nameOf(name, tags);
        return hold(full, HeldMeter.HeldCounter.class, () -> new HeldMeter.HeldCounter(lifetime, shared.counter(full)));
    }

    @Override
    public Timer timer(String name, String... tags) {
        var full = nameOf(name, tags);
        return hold(full, HeldMeter.HeldTimer.class, () -> new HeldMeter.HeldTimer(lifetime, shared.timer(full)));
    }

    @Override
    public void gauge(String name, DoubleSupplier value, String... tags) {
        requireNonNull(value, "value");
        var full = nameOf(name, tags);
        hold(full, GaugeShare.class, () -> new GaugeShare(lifetime, shared.gauge(full), value))
                .replace(value);
    }

    /** Gives all back. The lifetime has ended before, so nothing can come in meanwhile. */
    synchronized void release() {
        held.forEach((name, meter) -> {
            meter.release();
            shared.giveBack(name);
        });
        held.clear();
    }

    private MeterName nameOf(String name, String... tags) {
        lifetime.check();
        return MeterName.of(lifetime.identity().id(), name, tags);
    }

    private <T extends HeldMeter> T hold(MeterName name, Class<T> kind, Supplier<T> take) {
        var present = held.get(name);
        if (present == null) {
            synchronized (this) {
                lifetime.check();
                present = held.computeIfAbsent(name, key -> take.get());
            }
        }
        if (!kind.isInstance(present)) {
            throw new IllegalArgumentException(
                    "meter " + name.name() + ": is of another kind already (expected: one kind for one name)");
        }
        return kind.cast(present);
    }
}
