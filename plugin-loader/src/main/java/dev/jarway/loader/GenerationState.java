package dev.jarway.loader;

/** Where a generation is in its life. */
public enum GenerationState {
    /** Its classes can be used; nothing uses them yet. */
    LOADED,
    /** The current configuration uses it. */
    ACTIVE,
    /** Nothing new uses it; what began with it goes on. */
    DRAINING,
    /** Its class loader is closed, and is being watched. */
    CLOSED,
    /** Its classes are gone. */
    COLLECTED,
    /** Its classes are still there after a long wait: something holds them. */
    ZOMBIE
}
