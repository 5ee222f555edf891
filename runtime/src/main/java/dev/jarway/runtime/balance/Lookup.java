package dev.jarway.runtime.balance;

import java.time.Duration;

/** When a name is looked up. Belongs to the caretaker's thread. */
final class Lookup {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private long doneAt;
    private boolean never = true;
    private boolean asking;
    private boolean failing;

    /** Whether to look it up now, if that is to be done so often. If so, {@link #done} has to follow. */
    boolean begin(Duration interval, long now) {
        Duration pause = failing && AFTER_FAILURE.compareTo(interval) < 0 ? AFTER_FAILURE : interval;
        if (asking || (!never && now - doneAt < pause.toNanos())) {
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
    boolean done(boolean failed, long now) {
        asking = false;
        never = false;
        doneAt = now;
        boolean changed = failed != failing;
        failing = failed;
        return changed;
    }
}
