package dev.jarway.loader.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The threads whose time in a plugin is over. Static, because the calls that have been put into a plugin's loops can carry no
 * reference to anything.
 */
public final class CutThreads {
    private static final VarHandle ANY;
    private static final Set<Thread> cut = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("unused") // Through the handle alone.
    private static boolean any;

    static {
        try {
            ANY = MethodHandles.lookup().findStaticVarHandle(CutThreads.class, "any", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private CutThreads() {}

    /** Makes the next loop that this thread comes to throw, and each one after that. */
    public static synchronized void add(Thread thread) {
        cut.add(thread);
        ANY.setVolatile(true);
    }

    /** Lets the thread loop again. */
    public static synchronized void remove(Thread thread) {
        cut.remove(thread);
        if (cut.isEmpty()) {
            ANY.setVolatile(false);
        }
    }

    /** An opaque read: it costs next to nothing, yet is never moved out of a loop, as that of a plain field would be. */
    static boolean any() {
        return (boolean) ANY.getOpaque();
    }

    static void stopIfCut(Thread thread) {
        if (cut.contains(thread)) {
            throw new TimeIsOver();
        }
    }
}
