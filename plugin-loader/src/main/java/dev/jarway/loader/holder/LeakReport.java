package dev.jarway.loader.holder;

import java.util.List;

/**
 * What held a generation after it was closed.
 *
 * @param cleaned what was let go of
 * @param holders what holds it still; empty as long as nobody has looked, which is before it is a zombie
 * @param notSearched where nobody could look, and why
 */
public record LeakReport(List<Holding> cleaned, List<Holding> holders, List<String> notSearched) {
    /** Nothing is known. */
    public static final LeakReport EMPTY = new LeakReport(List.of(), List.of(), List.of());

    public LeakReport {
        cleaned = List.copyOf(cleaned);
        holders = List.copyOf(holders);
        notSearched = List.copyOf(notSearched);
    }
}
