package dev.jarway.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final int KEYS = 20_000;
    private static final long[] SALTS =
            Stream.of("a@1.0.0", "a@2.0.0", "a@3.0.0").mapToLong(StableHash::of).toArray();

    private static int[] versions(Integer... shares) {
        var all = Shares.of(List.of(shares));
        return IntStream.range(0, KEYS)
                .map(i -> all.of(StableHash.of("user-" + i), SALTS))
                .toArray();
    }

    private static double part(int[] versions, int of) {
        return IntStream.of(versions).filter(version -> version == of).count() / (double) versions.length;
    }

    @Test
    void drawsByShare() {
        var shares = Shares.of(List.of(90, 0, 10));
        var drawn = IntStream.generate(shares::draw).limit(KEYS).toArray();

        // Ten standard deviations of a binomial distribution: 0.021.
        assertThat(part(drawn, 2)).isBetween(0.079, 0.121);
        assertThat(drawn).doesNotContain(1);
    }

    @Test
    void givesKeysToVersionsByShare() {
        var versions = versions(60, 30, 10);

        assertThat(part(versions, 0)).isBetween(0.56, 0.64);
        assertThat(part(versions, 1)).isBetween(0.26, 0.34);
        assertThat(part(versions, 2)).isBetween(0.07, 0.13);
    }

    @Test
    void movesNoKeyButToAVersionWhoseShareHasGrown() {
        var before = versions(95, 5, 0);
        var after = versions(75, 25, 0);

        for (int i = 0; i < KEYS; i++) {
            assertThat(after[i] == before[i] || after[i] == 1).isTrue();
        }
        assertThat(part(after, 1)).isBetween(0.21, 0.29);
    }

    @Test
    void movesOnlyTheKeysOfAVersionThatIsTakenAway() {
        var before = versions(40, 40, 20);
        var after = versions(40, 40, 0);

        for (int i = 0; i < KEYS; i++) {
            assertThat(before[i] == 2 || after[i] == before[i]).isTrue();
        }
    }

    @Test
    void keepsKeysWhereTheyAreFromReleaseToRelease() {
        var shares = Shares.of(List.of(50, 50, 50));

        assertThat(Stream.of("alice", "bob", "carol", "dave", "10.0.0.1", "ümlaut")
                        .map(key -> shares.of(StableHash.of(key), SALTS)))
                .containsExactly(2, 1, 1, 0, 2, 2);
    }

    @Test
    void refusesSharesOfWhichNoneIsOver0() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shares.of(List.of(0, 0)))
                .withMessage("shares: [0, 0] (expected: >= 0, one > 0)");
        assertThatIllegalArgumentException().isThrownBy(() -> Shares.of(List.of(2, -1)));
    }
}
