package dev.jarway.plugin;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * A plugin's own figures. Names are lower case words with underscores; the gateway puts {@code jarway_plugin_} before them,
 * adds the plugin's id as a tag, and removes them when the plugin closes. Asking twice for the same name and tags gives the
 * same meter.
 *
 * <p>Tags are given as key, value, key, value. Each combination of values is a series of its own, so values must be few.
 *
 * <pre>{@code
 * Metrics.Counter refused = context.metrics().counter("refused", "reason", "expired");
 * }</pre>
 */
public interface Metrics {

    /** A figure that only grows. */
    Counter counter(String name, String... tags);

    /** How often something happened, and how long it took. */
    Timer timer(String name, String... tags);

    /** A figure that is read when it is asked for; the supplier must be quick and safe from any thread. */
    void gauge(String name, DoubleSupplier value, String... tags);

    /** A figure that only grows. Safe from any thread. */
    interface Counter {

        /** Adds one. */
        default void increment() {
            add(1);
        }

        /** Adds; at least 0. */
        void add(long amount);
    }

    /** How often something happened, and how long it took. Safe from any thread. */
    interface Timer {

        /** Adds one event of that length. */
        void record(Duration duration);
    }
}
