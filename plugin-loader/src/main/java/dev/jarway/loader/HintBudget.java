package dev.jarway.loader;

import java.util.concurrent.TimeUnit;

/**
 * The collections that may still be asked for. Each costs every request a pause, however short; so there are some at once, for
 * who replaces a plugin and waits for the old one to go, and few for who replaces plugins all the time. Of one thread.
 */
final class HintBudget {
    private static final long MOST = 6;
    private static final long ONE_MORE = TimeUnit.SECONDS.toNanos(15);

    private long wholeAt;

    /** The whole budget, by {@link System#nanoTime}. */
    HintBudget(long now) {
        wholeAt = now;
    }

    /** Takes one out, if there is one. */
    boolean take(long now) {
        if (wholeAt - now > (MOST - 1) * ONE_MORE) {
            return false;
        }
        wholeAt = (wholeAt - now > 0 ? wholeAt : now) + ONE_MORE;
        return true;
    }
}
