package dev.jarway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.config.AbortConfig;
import dev.jarway.runtime.config.RolloutConfig;
import dev.jarway.runtime.history.NotInChargeException;
import dev.jarway.runtime.observability.VersionFigures;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    /** Ten seconds later each time that it is looked at. */
    private static Clock hastening() {
        AtomicInteger looks = new AtomicInteger();
        InstantSource source = () -> START.plusSeconds(10L * looks.getAndIncrement());
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void forgetsWhatAVersionDidOverAMinuteAgoThoughNoRequestMeetsItAnyMore() throws InterruptedException {
        VersionFigures retired = new VersionFigures(1);
        VersionFigures neverLive = new VersionFigures(1);
        retired.tick(START);
        retired.tally().on(0).mark(false);
        retired.tally().on(0).count(true, 1_000);
        Clock clock = hastening();
        Rollouts rollouts = Rollouts.start(
                () -> new Rollouts.Scene(List.of(), List.of(), List.of(retired, neverLive), false),
                RolloutJournal.open(directory.resolve("rollouts.json"), clock),
                clock);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(retired.lately().requests()).isZero());

        rollouts.stop();
        assertThat(retired.total().failures()).isEqualTo(1);
        assertThat(retired.since()).contains(START);
        assertThat(neverLive.since()).isEmpty();
    }

    private RolloutJournal journal() {
        return RolloutJournal.open(directory.resolve("rollouts.json"), Clock.systemUTC());
    }

    private static RolloutTerms terms(String target) {
        return new RolloutTerms(
                "limits",
                "rate-limit",
                "1.0.0",
                new RolloutConfig(
                        target,
                        Optional.empty(),
                        List.of(5, 100),
                        Duration.ofMinutes(5),
                        100,
                        new AbortConfig("2%", "1.5x")),
                Optional.empty(),
                List.of());
    }

    @Test
    void turnsCommandsAwayWhileAnotherProcessIsInCharge() throws InterruptedException {
        RolloutJournal journal = journal();
        LiveRollout rollout = journal.begin(terms("2.0.0"), 1);
        Rollouts rollouts = Rollouts.start(
                () -> new Rollouts.Scene(List.of(rollout), List.of(), List.of(), false), journal, Clock.systemUTC());

        assertThatThrownBy(() -> rollouts.command(rollout, Command.ABORT).get())
                .hasCauseInstanceOf(NotInChargeException.class);

        rollouts.stop();
        assertThat(rollout.state().phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void leavesARolloutAloneThatIsNotInForceAnyMoreWhenACommandComesToIt() throws Exception {
        RolloutJournal journal = journal();
        LiveRollout meant = journal.begin(terms("2.0.0"), 1);
        LiveRollout present = journal.begin(terms("2.0.1"), 1);
        Rollouts rollouts = Rollouts.start(
                () -> new Rollouts.Scene(List.of(present), List.of(), List.of(), false), journal, Clock.systemUTC());
        rollouts.resume().get();

        assertThat(rollouts.command(meant, Command.ABORT).get()).isEqualTo(CommandOutcome.REPLACED);
        assertThat(rollouts.command(present, Command.RESUME).get()).isEqualTo(CommandOutcome.SENSELESS);
        assertThat(rollouts.command(present, Command.PAUSE).get()).isEqualTo(CommandOutcome.DONE);

        rollouts.stop();
        assertThat(meant.state().phase()).isEqualTo(Phase.PROGRESSING);
        assertThat(present.state().phase()).isEqualTo(Phase.PAUSED);
    }
}
