package dev.jarway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.config.RetryBudgetConfig;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How many requests may be tried again. */
class RetryBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(-5 * SECOND);
    private final RetryBudget budget = new RetryBudget(2, now::get);

    @Test
    void grantsAShareOfTheRequestsOfEachEventLoop() {
        requests(0, 50);

        assertThat(grants(0, "20%", 0)).isEqualTo(10);
        assertThat(grants(1, "20%", 0)).isZero();
        requests(0, 5);
        assertThat(grants(0, "20%", 0)).isEqualTo(1);
    }

    @Test
    void forgetsRequestsAsTimeGoesOn() {
        requests(0, 100);
        assertThat(grants(0, "20%", 0)).isEqualTo(20);

        now.addAndGet(10 * SECOND);
        requests(0, 50);
        assertThat(grants(0, "20%", 0)).isBetween(5, 8);
        now.addAndGet(100 * SECOND);

        assertThat(grants(0, "20%", 0)).isZero();
    }

    @Test
    void takesRequestsToHaveComeEvenly() {
        now.addAndGet(SECOND);
        requests(0, 1);
        now.addAndGet(3600 * SECOND);
        requests(0, 3600);

        // One a second: some ten in the time that counts.
        assertThat(grants(0, "50%", 0)).isBetween(4, 5);
    }

    @Test
    void grantsSomeInAnySecondForAllEventLoopsTogether() {
        assertThat(grants(0, "20%", 3)).isEqualTo(3);
        assertThat(grants(1, "20%", 3)).isZero();

        now.addAndGet(SECOND);

        assertThat(grants(1, "20%", 3)).isEqualTo(3);
    }

    @Test
    void countsWhatItGrantsAndRefuses() {
        grants(0, "0%", 2);
        grants(1, "0%", 2);

        assertThat(budget.granted()).isEqualTo(2);
        assertThat(budget.refused()).isEqualTo(2);
    }

    private void requests(int loop, int count) {
        for (int i = 0; i < count; i++) {
            budget.request(loop);
        }
    }

    private int grants(int loop, String share, int minPerSecond) {
        int granted = 0;
        while (budget.take(loop, new RetryBudgetConfig(share, minPerSecond))) {
            granted++;
        }
        return granted;
    }
}
