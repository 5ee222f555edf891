package dev.jarway.runtime.watch;

import java.time.Duration;

/**
 * How patiently a watch looks.
 *
 * @param settle how long a file's size, times and identity must hold still before it is read
 * @param rescan how often everything is looked at, whatever the file system has reported or not
 * @param patience how long a file that may be half-written must hold still before it is told as it is
 */
public record WatchOptions(Duration settle, Duration rescan, Duration patience) {

    public WatchOptions {
        requirePositive("settle", settle);
        requirePositive("rescan", rescan);
        if (patience.compareTo(settle) < 0) {
            throw new IllegalArgumentException(
                    "patience: " + patience + " (expected: >= " + settle + ", the settle time)");
        }
    }

    /** 100 ms to settle, 2 s between rescans, 2 s of patience. */
    public static WatchOptions standard() {
        return new WatchOptions(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
