package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How many collections the watch may ask for. */
class HintBudgetTest {
    private static final long START = -7;

    private final HintBudget budget = new HintBudget(START);

    @Test
    void hasSixAtOnceAndThenNone() {
        assertThat(taken(START, 10)).isEqualTo(6);
    }

    @Test
    void hasOneMoreEveryFifteenSeconds() {
        taken(START, 10);

        assertThat(taken(at(14.9), 10)).isZero();
        assertThat(taken(at(15), 10)).isEqualTo(1);
        assertThat(taken(at(50), 10)).isEqualTo(2);
    }

    @Test
    void isNeverMoreThanWhole() {
        assertThat(taken(at(10_000), 10)).isEqualTo(6);
    }

    private int taken(long now, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.take(now) ? 1 : 0;
        }
        return taken;
    }

    private static long at(double seconds) {
        return START + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }
}
