package dev.jarway.runtime.upstream;

import dev.jarway.runtime.config.RetryBudgetConfig;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of a service are tried again, and how many may be. Each event loop has its share for itself, so that
 * requests that go well are counted in no common place; what is allowed in any case is counted for all of them together.
 */
public final class RetryBudget {
    private final AtomicReferenceArray<@Nullable LoopTries> loops;
    private final AtomicReference<Second> second;
    private final LongSupplier nanoTime;

    RetryBudget(int loops, LongSupplier nanoTime) {
        this.loops = new AtomicReferenceArray<>(loops);
        this.second = new AtomicReference<>(new Second(nanoTime.getAsLong(), 0));
        this.nanoTime = nanoTime;
    }

    /** A request is tried for the first time, on the event loop of that index, which is the calling one. */
    public void request(int loop) {
        tries(loop).request();
    }

    /** Asks for another try, which is counted if it is granted. On the event loop of that index. */
    public boolean take(int loop, RetryBudgetConfig terms) {
        long now = nanoTime.getAsLong();
        LoopTries tries = tries(loop);
        boolean granted = tries.take(terms.fraction(), now) || takeMinimum(terms.minPerSecond(), now);
        tries.count(granted);
        return granted;
    }

    private boolean takeMinimum(int perSecond, long now) {
        return second.getAndUpdate(at -> at.fresh(now).taking(perSecond))
                        .fresh(now)
                        .taken()
                < perSecond;
    }

    /** How many more tries there have been. From any thread. */
    public long granted() {
        return sum(LoopTries::granted);
    }

    /** How many there have not been, since the budget was spent. From any thread. */
    public long refused() {
        return sum(LoopTries::refused);
    }

    private long sum(ToLongFunction<LoopTries> count) {
        long sum = 0;
        for (int i = 0; i < loops.length(); i++) {
            LoopTries tries = loops.getAcquire(i);
            sum += tries == null ? 0 : count.applyAsLong(tries);
        }
        return sum;
    }

    private LoopTries tries(int loop) {
        LoopTries tries = loops.getPlain(loop);
        if (tries == null) {
            tries = new LoopTries(nanoTime.getAsLong());
            loops.setRelease(loop, tries);
        }
        return tries;
    }

    /** The tries of one second. */
    private record Second(long began, int taken) {
        private static final long NANOS = 1_000_000_000L;

        Second fresh(long now) {
            return now - began < NANOS ? this : new Second(now, 0);
        }

        Second taking(int most) {
            return taken < most ? new Second(began, taken + 1) : this;
        }
    }
}
