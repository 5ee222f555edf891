package dev.jarway.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostStoreTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HostFixture host = new HostFixture();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void sharesValuesAmongPluginsOfOneIdAndWithNobodyElse() {
        var first = host.context("mock", 1);
        first.store().put("x", "one", MINUTE);
        assertThat(first.store().add("hits", 2, MINUTE).toCompletableFuture()).isCompletedWithValue(2L);
        first.close();

        var successor = host.context("mock", 2).store();
        assertThat(successor.get("x").toCompletableFuture().join()).contains("one");
        assertThat(successor.putIfAbsent("x", "two", MINUTE).toCompletableFuture())
                .isCompletedWithValue(false);
        assertThat(successor.add("hits", 1, MINUTE).toCompletableFuture()).isCompletedWithValue(3L);
        assertThat(host.context("other", 3)
                        .store()
                        .get("x")
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        successor.remove("x");
        assertThat(successor.get("x").toCompletableFuture().join()).isEmpty();
    }

    @Test
    void takesKeysValuesAndTimesUpToTheirLimits() {
        var store = host.context().store();
        var key = "k".repeat(512);
        var value = "é".repeat(32 * 1024);

        store.put(key, value, Duration.ofMillis(1).plus(MINUTE));

        assertThat(store.get(key).toCompletableFuture().join()).contains(value);
        assertThat(store.putIfAbsent("short", "x", Duration.ofMillis(1)).toCompletableFuture())
                .isCompletedWithValue(true);
    }

    @Test
    void refusesWhatGoesOverTheLimits() {
        var store = host.context().store();

        assertThatThrownBy(() -> store.get("k".repeat(513)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key: 513 characters (expected: <= 512)");
        assertThatThrownBy(() -> store.put("k", "é".repeat(32 * 1024) + "x", MINUTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: 65537 bytes of UTF-8 (expected: <= 65536)");
        assertThatThrownBy(() -> store.putIfAbsent("k", "x".repeat(65_537), MINUTE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.add("k", 1, Duration.ofNanos(999_999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeToLive: PT0.000999999S (expected: >= PT0.001S)");
    }
}
