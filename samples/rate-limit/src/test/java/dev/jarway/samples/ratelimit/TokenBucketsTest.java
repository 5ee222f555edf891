package dev.jarway.samples.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.samples.ratelimit.TokenBuckets.Take;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketsTest {
    private static final long MILLI = 1_000_000;

    private long now = 42;

    @Test
    void givesABurstAndThenWhatComesBack() {
        var buckets = buckets(10, 3);

        assertThat(buckets.take("alice")).isEqualTo(new Take(true, 2, 100 * MILLI, 0));
        assertThat(buckets.take("alice")).isEqualTo(new Take(true, 1, 200 * MILLI, 0));
        assertThat(buckets.take("alice")).isEqualTo(new Take(true, 0, 300 * MILLI, 0));
        assertThat(buckets.take("alice")).isEqualTo(new Take(false, 0, 300 * MILLI, 100 * MILLI));

        pass(Duration.ofMillis(99));
        assertThat(buckets.take("alice")).isEqualTo(new Take(false, 0, 201 * MILLI, MILLI));

        pass(Duration.ofMillis(1));
        assertThat(buckets.take("alice").allowed()).isTrue();
        assertThat(buckets.take("alice").allowed()).isFalse();
    }

    @Test
    void isNoMoreThanFullAfterALongPause() {
        var buckets = buckets(10, 3);
        empty(buckets, "alice");

        pass(Duration.ofDays(365));

        assertThat(empty(buckets, "alice")).isEqualTo(3);
    }

    @Test
    void keepsCallersApart() {
        var buckets = buckets(1, 5);

        empty(buckets, "alice");

        assertThat(empty(buckets, "bob")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE - 1})
    void worksWhateverTheClockBeginsWith(long beginning) {
        now = beginning;
        var buckets = buckets(2, 2);

        assertThat(empty(buckets, "alice")).isEqualTo(2);
        pass(Duration.ofSeconds(1));

        assertThat(empty(buckets, "alice")).isEqualTo(2);
    }

    @Test
    void forgetsTheCallerThatWasQuietForTheLongestTime() {
        var buckets = buckets(1, 2);
        empty(buckets, "first");
        empty(buckets, "second");
        for (int i = 0; i < TokenBuckets.MAX_KEYS - 2; i++) {
            buckets.take("other-" + i);
        }
        assertThat(buckets.take("first").allowed()).isFalse();

        buckets.take("one more");

        assertThat(buckets.save())
                .hasSize(TokenBuckets.MAX_KEYS)
                .containsKey("first")
                .doesNotContainKey("second");
    }

    @Test
    void handsItsStateOver() {
        var old = buckets(1, 5);
        empty(old, "alice");
        pass(Duration.ofSeconds(2));

        var successor = buckets(1, 5);
        successor.restore(old.save());

        assertThat(empty(successor, "alice")).isEqualTo(2);
        assertThat(empty(successor, "bob")).isEqualTo(5);
    }

    @Test
    void holdsNobodyToALimitThatIsNoLongerThere() {
        var slow = buckets(1, 100);
        empty(slow, "alice");

        var fast = buckets(100, 10);
        fast.restore(slow.save());

        assertThat(fast.take("alice")).isEqualTo(new Take(false, 0, 100 * MILLI, 10 * MILLI));
        pass(Duration.ofMillis(100));
        assertThat(empty(fast, "alice")).isEqualTo(10);
    }

    private TokenBuckets buckets(int perSecond, int burst) {
        return new TokenBuckets(perSecond, burst, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    /** Takes tokens until there are none, and says how many there were. */
    private static int empty(TokenBuckets buckets, String key) {
        int taken = 0;
        while (buckets.take(key).allowed()) {
            taken++;
        }
        return taken;
    }
}
