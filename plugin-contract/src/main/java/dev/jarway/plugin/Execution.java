package dev.jarway.plugin;

/**
 * The kind of thread on which a factory's filters are called.
 *
 * <p>Whichever it is, one filter is never called by two threads at once, and each call sees what the one before it wrote.
 */
public enum Execution {
    /**
     * The event loop of the exchange. A filter must not block here: it would hold up the other exchanges of that loop.
     * A call that does so longer than its entry's {@code timeout} is cut off, and fails its own exchange.
     */
    EVENT_LOOP,

    /** A virtual thread. A filter may block, on JDBC or a file for example, up to its entry's {@code timeout}. */
    VIRTUAL_THREAD
}
