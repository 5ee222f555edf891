package dev.jarway.runtime.overload;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** One of a number of passes. */
record CountedPass(AtomicInteger count) implements Pass {

    /** One more, if there are not as many already. */
    static Optional<Pass> take(AtomicInteger count, int most) {
        if (count.incrementAndGet() > most) {
            count.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new CountedPass(count));
    }

    @Override
    public void answered(boolean well, OptionalLong completeAt) {}

    @Override
    public void giveBack() {
        count.decrementAndGet();
    }
}
