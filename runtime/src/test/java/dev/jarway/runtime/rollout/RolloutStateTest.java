package dev.jarway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.config.AbortConfig;
import dev.jarway.runtime.config.RolloutConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutStateTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant HELD = START.plusSeconds(60);
    private static final RolloutConfig CONFIG = config("2%", "1.5x");

    private final RolloutState begun = RolloutState.begin(START);

    private static RolloutConfig config(String errorRate, String latency) {
        return new RolloutConfig(
                "2.0.0",
                Optional.empty(),
                List.of(10, 100),
                Duration.ofMinutes(1),
                100,
                new AbortConfig(errorRate, latency));
    }

    private static Comparison seen(VersionRow stable, VersionRow target) {
        return new Comparison(stable, target);
    }

    private static VersionRow stable(int requests, int failures, int p99Millis) {
        return row("1.0.0", requests, failures, p99Millis);
    }

    private static VersionRow target(int requests, int failures, int p99Millis) {
        return row("2.0.0", requests, failures, p99Millis);
    }

    private static VersionRow row(String version, int requests, int failures, int p99Millis) {
        return new VersionRow(version, requests, failures, 0, 0, Duration.ofMillis(1), Duration.ofMillis(p99Millis));
    }

    private static final Comparison FINE = seen(stable(900, 9, 20), target(100, 1, 20));

    @Test
    void goesThroughItsStepsAndEndsWithAllRequests() {
        RolloutState second = begun.judged(CONFIG, FINE, HELD);
        RolloutState last = second.judged(CONFIG, FINE, HELD.plusSeconds(60));

        assertThat(begun.share(CONFIG)).isEqualTo(10);
        assertThat(second.share(CONFIG)).isEqualTo(100);
        assertThat(second.since()).isEqualTo(HELD);
        assertThat(last.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(last.share(CONFIG)).isEqualTo(100);
        assertThat(last.judged(CONFIG, FINE, HELD.plusSeconds(999))).isSameAs(last);
    }

    @Test
    void staysUntilTheStepHasLastedAndHasHadItsRequests() {
        assertThat(begun.judged(CONFIG, FINE, HELD.minusMillis(1))).isSameAs(begun);
        assertThat(begun.judged(CONFIG, seen(stable(900, 0, 1), target(99, 0, 1)), HELD))
                .isSameAs(begun);
    }

    @Test
    void goesBackAtOnceWhenTooManyRequestsMoreFail() {
        RolloutState back = begun.judged(CONFIG, seen(stable(900, 9, 20), target(200, 9, 20)), START.plusSeconds(1));

        assertThat(back.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(back.share(CONFIG)).isZero();
        assertThat(back.reason())
                .isEqualTo("2.0.0 failed 4.50% of its requests (9 of 200); 1.0.0 failed 1.00% of its requests"
                        + " (9 of 900); at most 2% more is allowed");
        assertThat(back.evidence()).extracting(VersionRow::failures).containsExactly(9L, 9L);
    }

    @Test
    void bearsWhatIsWithinTheMargin() {
        assertThat(begun.judged(CONFIG, seen(stable(900, 9, 20), target(200, 6, 20)), START))
                .isSameAs(begun);
        assertThat(begun.judged(config("off", "off"), seen(stable(900, 0, 1), target(200, 200, 900)), START))
                .isSameAs(begun);
    }

    @Test
    void bearsWhatMayBeChanceThoughItIsPastTheMargin() {
        assertThat(begun.judged(CONFIG, seen(stable(900, 9, 20), target(200, 7, 20)), START))
                .isSameAs(begun);
        assertThat(begun.judged(CONFIG, seen(stable(9_900, 99, 20), target(100, 20, 20)), START)
                        .phase())
                .isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void judgesNothingByTooFewRequests() {
        assertThat(begun.judged(CONFIG, seen(stable(900, 0, 1), target(99, 99, 999)), HELD))
                .isSameAs(begun);
        assertThat(begun.judged(CONFIG, seen(stable(99, 0, 1), target(100, 0, 999)), START))
                .isSameAs(begun);
    }

    @Test
    void goesBackWhenItsSlowestRequestsAreMuchSlower() {
        assertThat(begun.judged(CONFIG, seen(stable(900, 0, 20), target(100, 0, 30)), START))
                .isSameAs(begun);

        RolloutState back = begun.judged(CONFIG, seen(stable(900, 0, 20), target(100, 0, 31)), START);

        assertThat(back.reason())
                .isEqualTo("2.0.0 has a p99 of 31.0 ms; 1.0.0 has a p99 of 20.0 ms; at most 1.5x is allowed");
    }

    @Test
    void takesADifferenceOfAFewMillisecondsForNone() {
        assertThat(begun.judged(CONFIG, seen(stable(900, 0, 1), target(100, 0, 6)), START))
                .isSameAs(begun);
    }

    @Test
    void staysWhereItIsWhilePausedButStillGoesBack() {
        RolloutState paused = begun.after(Command.PAUSE, FINE, START).orElseThrow();

        assertThat(paused.judged(CONFIG, FINE, HELD.plusSeconds(999))).isSameAs(paused);
        assertThat(paused.judged(CONFIG, seen(stable(900, 0, 1), target(100, 50, 1)), HELD)
                        .phase())
                .isEqualTo(Phase.ROLLED_BACK);
        RolloutState goesOn = paused.after(Command.RESUME, FINE, HELD).orElseThrow();
        assertThat(goesOn.phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(goesOn.since()).isEqualTo(HELD);
    }

    @Test
    void followsCommandsThatMakeSense() {
        RolloutState promoted = begun.after(Command.PROMOTE, FINE, HELD).orElseThrow();
        RolloutState back = promoted.after(Command.ABORT, FINE, HELD).orElseThrow();
        RolloutState second = begun.judged(CONFIG, FINE, HELD);

        assertThat(promoted.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(back.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(back.after(Command.RESUME, FINE, HELD).orElseThrow().step()).isZero();
        assertThat(second.after(Command.ABORT, FINE, HELD).orElseThrow().share(CONFIG))
                .isZero();
        assertThat(begun.after(Command.RESUME, FINE, HELD)).isEmpty();
        assertThat(promoted.after(Command.PROMOTE, FINE, HELD)).isEmpty();
        assertThat(promoted.after(Command.PAUSE, FINE, HELD)).isEmpty();
        assertThat(back.after(Command.ABORT, FINE, HELD)).isEmpty();
        assertThat(back.after(Command.PROMOTE, FINE, HELD)).isEmpty();
    }

    @Test
    void beginsItsStepAnewAfterARestartButNeverARollback() {
        RolloutState second = begun.judged(CONFIG, FINE, HELD);
        RolloutState back = begun.after(Command.ABORT, FINE, START).orElseThrow();

        assertThat(second.restarted(HELD.plusSeconds(5)).step()).isEqualTo(1);
        assertThat(second.restarted(HELD.plusSeconds(5)).since()).isEqualTo(HELD.plusSeconds(5));
        assertThat(back.restarted(HELD)).isSameAs(back);
    }
}
