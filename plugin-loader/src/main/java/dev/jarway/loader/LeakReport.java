package dev.jarway.loader;

import java.util.List;

/**
 * What keeps the classes of a closed generation alive.
 *
 * @param holders what was found, each with where it is; empty if the search found none
 */
public record LeakReport(List<String> holders) {
    public LeakReport {
        holders = List.copyOf(holders);
    }
}
