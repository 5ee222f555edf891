package dev.jarway.loader.guard;

/**
 * What every loop of a plugin asks before its next round: may I go on? The calls are put into the plugin's classes when they
 * are loaded, and this is the one class beside the contract's that a plugin's class loader lets through for them.
 */
public final class LoopGuard {
    private LoopGuard() {}

    /** Returns if the calling thread may go on, and throws an {@link Error} if its time is over. */
    public static void check() {
        if (CutThreads.any()) {
            CutThreads.stopIfCut(Thread.currentThread());
        }
    }
}
