package dev.jarway.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchOptionsTest {
    @Test
    void hasTimesThatSuitPeopleAndTools() {
        assertThat(WatchOptions.standard())
                .isEqualTo(new WatchOptions(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }

    @Test
    void refusesTimesThatCannotWork() {
        var second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new WatchOptions(Duration.ZERO, second, second))
                .hasMessage("settle: PT0S (expected: > 0)");
        assertThatThrownBy(() -> new WatchOptions(second, Duration.ofMillis(-1), second))
                .hasMessage("rescan: PT-0.001S (expected: > 0)");
        assertThatThrownBy(() -> new WatchOptions(second, second, Duration.ofMillis(1)))
                .hasMessage("patience: PT0.001S (expected: >= PT1S, the settle time)");
    }
}
