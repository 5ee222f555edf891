package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** When collections are asked for, by a watch that looks every 20 ms. */
class CollectionPaceTest {
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final CollectionPace pace = new CollectionPace(LIMIT, 0);
    private long now;

    @Test
    void asksAtOnceThenLessOften() {
        assertThat(collections(Duration.ofMillis(20), pace::isDue)).isEqualTo(1);
        assertThat(collections(Duration.ofMillis(80), pace::isDue)).isZero();
        assertThat(collections(Duration.ofMillis(20), pace::isDue)).isEqualTo(1);
    }

    @Test
    void beginsAnewWhenSomebodyWantsToKnow() {
        collections(Duration.ofSeconds(1), pace::isDue);

        pace.restart();

        assertThat(collections(Duration.ofMillis(60), pace::isDue)).isEqualTo(1);
    }

    @Test
    void asksForThoseBeyondTheLimitAllTogetherASixthOfItApart() {
        assertThat(collections(Duration.ofMinutes(1), pace::isDueBeyondLimit)).isEqualTo(12);
    }

    @Test
    void countsEveryCollectionForThoseBeyondTheLimit() {
        collections(Duration.ofMillis(20), pace::isDue);

        assertThat(collections(LIMIT.dividedBy(6).minusMillis(40), pace::isDueBeyondLimit))
                .isZero();
        assertThat(collections(Duration.ofMillis(60), pace::isDueBeyondLimit)).isEqualTo(1);
    }

    private int collections(Duration time, LongPredicate due) {
        int collections = 0;
        for (long end = now + time.toNanos(); now < end; now += LOOK) {
            if (due.test(now)) {
                pace.collected(now);
                collections++;
            }
        }
        return collections;
    }
}
