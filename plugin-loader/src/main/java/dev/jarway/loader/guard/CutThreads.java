package dev.jarway.loader.guard;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The threads whose loops in plugin code are to end. Static, because the code of a plugin can be given a static call and
 * nothing else.
 */
public final class CutThreads {
    private static final Set<Thread> CUT = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean ANY = new AtomicBoolean();

    private CutThreads() {}

    /** From now on, each backward jump of plugin code on this thread throws a {@link LoopCut}. */
    public static synchronized void add(Thread thread) {
        CUT.add(thread);
        ANY.setOpaque(true);
    }

    /** The thread may loop again. */
    public static synchronized void remove(Thread thread) {
        CUT.remove(thread);
        ANY.setOpaque(!CUT.isEmpty());
    }

    // Opaque: as cheap as a plain read, but the JIT may not move it out of a loop, where it would never be seen to
    // change.
    static boolean any() {
        return ANY.getOpaque();
    }

    static void throwIfCut() {
        if (CUT.contains(Thread.currentThread())) {
            throw new LoopCut();
        }
    }
}
