package dev.jarway.loader.guard;

/**
 * The check that stands before each backward jump of a plugin's code. The one class of the loader that plugins see, so it
 * holds nothing but the check.
 */
public final class LoopGuard {
    private LoopGuard() {}

    /** Does nothing, unless the current thread is to be cut. */
    public static void check() {
        if (CutThreads.any()) {
            CutThreads.throwIfCut();
        }
    }
}
