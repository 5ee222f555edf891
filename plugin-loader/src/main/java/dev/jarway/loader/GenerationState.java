package dev.jarway.loader;

/** Where a generation is in its life. */
public enum GenerationState {
    /** Its classes are there; no configuration uses them. */
    LOADED,
    /** The published configuration uses it. */
    ACTIVE,
    /** No new exchange uses it; some old ones still do. */
    DRAINING,
    /** Its class loader is closed; whether it is gone is being found out. */
    CLOSED,
    /** The garbage collector has taken its class loader. */
    COLLECTED,
    /** Something holds its class loader; the leak report says what. It becomes {@code COLLECTED} if that ends. */
    ZOMBIE
}
