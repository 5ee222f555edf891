package dev.jarway.loader.heap;

/**
 * An object that lives because of itself.
 *
 * @param kind why
 * @param id the object
 * @param thread the number of the thread that it belongs to, or 0
 * @param place of a local variable: how deep in the thread's stack; of a thread: the number of its stack trace
 */
record Root(Kind kind, long id, int thread, int place) {

    /** Why an object lives. In the order in which they say the most to a reader. */
    enum Kind {
        THREAD,
        LOCAL_VARIABLE,
        NATIVE_VARIABLE,
        NATIVE_REFERENCE,
        MONITOR,
        OTHER,
        SYSTEM_CLASS
    }
}
