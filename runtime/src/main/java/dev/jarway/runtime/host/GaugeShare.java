package dev.jarway.runtime.host;

import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one Plugin adds to a gauge. */
final class GaugeShare implements HeldMeter {
    private static final Logger log = LoggerFactory.getLogger(GaugeShare.class);

    private final Lifetime lifetime;
    private final GaugeSum sum;
    private volatile DoubleSupplier supplier;
    private volatile boolean failing;

    GaugeShare(Lifetime lifetime, GaugeSum sum, DoubleSupplier supplier) {
        this.lifetime = lifetime;
        this.sum = sum;
        this.supplier = supplier;
        sum.add(this);
    }

    void replace(DoubleSupplier supplier) {
        this.supplier = supplier;
    }

    /** Empty if the plugin's supplier throws. */
    OptionalDouble value() {
        try {
            double value = lifetime.code().call(supplier::getAsDouble);
            failing = false;
            return OptionalDouble.of(value);
        } catch (Throwable e) {
            // A scrape comes every few seconds, and would say the same again each time.
            if (!failing && !lifetime.over()) {
                failing = true;
                log.warn(
                        "Plugin {}: gauge {} is left out because it failed: {}",
                        lifetime.identity(),
                        sum.name(),
                        ThrownText.of(e));
            }
            return OptionalDouble.empty();
        }
    }

    @Override
    public void release() {
        sum.remove(this);
    }
}
