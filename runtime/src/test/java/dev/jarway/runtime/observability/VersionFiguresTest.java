package dev.jarway.runtime.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VersionFiguresTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VersionFigures figures = new VersionFigures(2);

    private void request(int loop, boolean failed, long millis) {
        figures.tally().on(loop).mark(false);
        figures.tally().on(loop).count(failed, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void sumsUpWhatEventLoopsHaveCounted() {
        for (int i = 0; i < 90; i++) {
            request(0, false, 10);
        }
        for (int i = 0; i < 10; i++) {
            request(1, true, 1_000);
        }
        figures.tally().on(1).called(5_000_000);
        figures.tally().on(1).failed(true);
        figures.tally().on(0).failed(false);

        Figures total = figures.total();
        assertThat(total.requests()).isEqualTo(100);
        assertThat(total.failures()).isEqualTo(10);
        assertThat(total.errorShare()).isEqualTo(0.1);
        assertThat(total.requestTime(50)).isBetween(Duration.ofMillis(9), Duration.ofMillis(11));
        assertThat(total.requestTime(99)).isBetween(Duration.ofMillis(930), Duration.ofMillis(1_070));
        assertThat(total.calls()).isEqualTo(1);
        assertThat(total.timeouts()).isEqualTo(1);
        assertThat(total.faults()).isEqualTo(1);
    }

    @Test
    void countsAnExchangeOnceHoweverOftenItMetTheVersion() {
        Tally other = new Tally(1);
        Tallies twice = new Tallies(List.of(figures.tally()));
        Tallies once = new Tallies(List.of(figures.tally(), other));
        twice.mark(0, false);
        once.mark(0, true);
        twice.count(0, false, 1_000);
        once.count(0, false, 1_000);

        assertThat(figures.total().requests()).isEqualTo(1);
        assertThat(figures.total().failures()).isEqualTo(1);
        assertThat(other.read().requests()).isEqualTo(1);
    }

    @Test
    void forgetsInTheLatestFiguresWhatIsOverAMinuteOld() {
        figures.tick(START);
        request(0, true, 1);
        for (int second = 1; second <= 60; second++) {
            figures.tick(START.plusSeconds(second));
        }
        request(0, false, 1);
        assertThat(figures.lately().requests()).isEqualTo(2);

        for (int second = 61; second <= 75; second++) {
            figures.tick(START.plusSeconds(second));
        }
        assertThat(figures.lately().requests()).isEqualTo(1);
        assertThat(figures.lately().failures()).isZero();
        assertThat(figures.total().requests()).isEqualTo(2);
        assertThat(figures.since()).contains(START);
    }

    @Test
    void takesTimesThatAreLongerThanItCanTell() {
        figures.tally().on(0).called(TimeUnit.DAYS.toNanos(2));
        figures.tally().on(0).called(-1);

        assertThat(figures.total().callTime(100)).isGreaterThan(Duration.ofMinutes(55));
    }
}
