package dev.jarway.runtime.host;

import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One gauge of all Plugins of an id. Each of them knows its own share only, so what is shown is the sum, as it is for
 * counters; NaN while no Plugin gives a figure.
 */
final class GaugeSum {
    private final String name;
    private final List<GaugeShare> shares = new CopyOnWriteArrayList<>();

    GaugeSum(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void add(GaugeShare share) {
        shares.add(share);
    }

    void remove(GaugeShare share) {
        shares.remove(share);
    }

    double value() {
        double sum = Double.NaN;
        for (var share : shares) {
            OptionalDouble value = share.value();
            if (value.isPresent()) {
                sum = Double.isNaN(sum) ? value.getAsDouble() : sum + value.getAsDouble();
            }
        }
        return sum;
    }
}
