package dev.jarway.loader;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The pace at which collections are asked for, since each makes all requests wait: at once for a generation that has just been
 * closed, then less and less often and within a budget; for those beyond the limit regularly, the same ones for all of them.
 * Times are those of {@link System#nanoTime}. Of one thread.
 */
final class CollectionPace {
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);
    private static final int SPACE_PART = 6;

    private final HintBudget budget;
    private final long space;

    private long pause = FIRST_PAUSE;
    private long last;

    /** With a sixth of that limit between two collections for those beyond it. */
    CollectionPace(Duration limit, long now) {
        budget = new HintBudget(now);
        space = Math.max(FIRST_PAUSE, limit.toNanos() / SPACE_PART);
        last = now - FIRST_PAUSE;
    }

    /** Begins anew: there is nothing to wait for, or somebody wants to know now. */
    void restart() {
        pause = FIRST_PAUSE;
    }

    /** Whether one is due for generations within their limit. */
    boolean isDue(long now) {
        return now - last >= pause && budget.take(now);
    }

    /** Whether one is due for generations beyond it. */
    boolean isDueBeyondLimit(long now) {
        return now - last >= space;
    }

    /** One has been asked for. */
    void collected(long now) {
        last = now;
        pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
}
