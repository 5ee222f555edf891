package dev.jarway.runtime.rollout;

import java.util.Locale;

/** How far a rollout is. */
public enum Phase {
    /** It goes from step to step. */
    PROGRESSING,
    /** It stays at its step until an operator lets it go on. It is watched all the same. */
    PAUSED,
    /** The target has all requests. */
    PROMOTED,
    /** The version before has all requests again. */
    ROLLED_BACK;

    /** As files and the admin endpoint have it. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
