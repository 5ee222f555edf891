package dev.jarway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.config.AbortConfig;
import dev.jarway.runtime.config.RolloutConfig;
import dev.jarway.runtime.observability.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveRolloutTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant HELD = START.plusSeconds(60);

    private final LiveRollout rollout = new LiveRollout(
            new RolloutTerms(
                    "limits",
                    "rate-limit",
                    "1.0.0",
                    new RolloutConfig(
                            "2.0.0",
                            Optional.empty(),
                            List.of(50, 100),
                            Duration.ofMinutes(1),
                            100,
                            new AbortConfig("2%", "2x")),
                    Optional.empty(),
                    List.of()),
            RolloutState.begin(START),
            2);

    private static void requests(Tally tally, int count, boolean failed, int millis) {
        for (int i = 0; i < count; i++) {
            tally.on(i % 2).mark(false);
            tally.on(i % 2).count(failed, TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private void passTheFirstStep() {
        requests(rollout.stable(), 200, false, 20);
        requests(rollout.target(), 200, false, 20);
        assertThat(rollout.judge(HELD)).isTrue();
    }

    @Test
    void changesTheSharesWithTheStep() {
        assertThat(rollout.get()).hasToString("[50, 50]");

        passTheFirstStep();

        assertThat(rollout.get()).hasToString("[0, 100]");
        assertThat(rollout.state().phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void countsEachStepFromItsBeginning() {
        passTheFirstStep();
        requests(rollout.target(), 99, false, 20);

        assertThat(rollout.judge(HELD.plusSeconds(999))).isFalse();
        assertThat(rollout.lately().target().requests()).isEqualTo(99);
        assertThat(rollout.total().target().requests()).isEqualTo(299);

        requests(rollout.target(), 1, false, 20);
        assertThat(rollout.judge(HELD.plusSeconds(999))).isTrue();
        assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
    }

    @Test
    void comparesWithWhatTheOtherVersionDidBeforeWhereItGetsNoRequestsAnyMore() {
        passTheFirstStep();
        requests(rollout.target(), 100, false, 60);

        assertThat(rollout.judge(HELD.plusSeconds(1))).isTrue();
        assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(rollout.state().evidence()).extracting(VersionRow::requests).containsExactly(200L, 100L);
    }

    @Test
    void bearsAnOutageWhereTheOtherVersionGetsNoRequestsAnyMore() {
        passTheFirstStep();
        requests(rollout.target(), 200, true, 20);

        assertThat(rollout.judge(HELD.plusSeconds(1))).isFalse();
    }

    @Test
    void bearsAnOutageAfterARestartWithNothingToCompareWith() {
        RolloutState last = new RolloutState(Phase.PROGRESSING, 1, START, "the gateway was restarted", List.of());
        LiveRollout restarted = new LiveRollout(rollout.terms(), last, 2);
        requests(restarted.target(), 200, true, 20);

        assertThat(restarted.judge(START.plusSeconds(1))).isFalse();
    }

    @Test
    void goesBackForItsOwnFailuresThoughThereIsNothingToCompareWith() {
        passTheFirstStep();
        requests(rollout.target(), 160, false, 20);
        requests(rollout.target(), 40, true, 20);
        for (int i = 0; i < 40; i++) {
            rollout.target().on(0).failed(i % 2 == 0);
        }

        assertThat(rollout.judge(HELD.plusSeconds(1))).isTrue();
        assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(rollout.state().reason())
                .isEqualTo("2.0.0 failed 20.00% of its requests by itself (40 of 200), while 1.0.0 had too few to"
                        + " compare with; at most 2% is allowed");
    }

    @Test
    void bearsFailuresThatBothVersionsHave() {
        requests(rollout.stable(), 200, true, 20);
        requests(rollout.target(), 200, true, 20);

        assertThat(rollout.judge(START.plusSeconds(1))).isFalse();
        assertThat(rollout.judge(HELD)).isTrue();
        assertThat(rollout.state().phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void beginsWithFreshFiguresWhenAnOperatorLetsItBeginAnew() {
        requests(rollout.stable(), 200, false, 20);
        requests(rollout.target(), 200, true, 20);
        assertThat(rollout.judge(START.plusSeconds(1))).isTrue();

        assertThat(rollout.follow(Command.RESUME, HELD)).isTrue();

        assertThat(rollout.judge(HELD.plusSeconds(1))).isFalse();
        assertThat(rollout.get()).hasToString("[50, 50]");
    }
}
