package dev.jarway.runtime.balance;

import java.time.Duration;

/** When a name is looked up. Belongs to the caretaker's thread. */
final class Lookup {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private long due;
    private boolean asking;
    private boolean failing;

    Lookup(long now) {
        this.due = now;
    }

    /** Whether to look it up now. If so, {@link #done} has to follow. */
    boolean begin(long now) {
        if (asking || now - due < 0) {
            return false;
        }
        asking = true;
        return true;
    }

    /**
     * Takes note of what came of it.
     *
     * @return whether that is another outcome than the last time
     */
    boolean done(boolean failed, Duration interval, long now) {
        asking = false;
        due = now + (failed && AFTER_FAILURE.compareTo(interval) < 0 ? AFTER_FAILURE : interval).toNanos();
        boolean changed = failed != failing;
        failing = failed;
        return changed;
    }
}
