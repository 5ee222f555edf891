package dev.jarway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.runtime.config.AbortConfig;
import dev.jarway.runtime.config.RolloutConfig;
import dev.jarway.runtime.config.StickyConfig;
import dev.jarway.runtime.rollout.RolloutJournal.Others;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutJournalTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("rollouts.json");
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
                Optional.of(new StickyConfig(Optional.empty(), Optional.of("session"), false, false)),
                List.of());
    }

    private RolloutJournal journal() {
        return RolloutJournal.open(file, CLOCK);
    }

    private LiveRollout rolledBack() throws IOException {
        RolloutJournal journal = journal();
        LiveRollout live = journal.begin(terms("2.0.0"), 1);
        live.target().on(0).mark(true);
        live.target().on(0).count(true, 5_000_000);
        assertThat(live.follow(Command.ABORT, CLOCK.instant())).isTrue();
        journal.write(List.of(live), Others.FORGET);
        return live;
    }

    @Test
    void keepsARollbackAndWhatWasSeenBeyondTheEndOfTheProcess() throws IOException {
        LiveRollout before = rolledBack();

        LiveRollout after = journal().begin(terms("2.0.0"), 1);

        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.state().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(after.state().evidence().getLast().failures()).isEqualTo(1);
        assertThat(after.get()).hasToString("[1, 0]");
    }

    @Test
    void goesOnFromWhatAnotherProcessHasWrittenSinceItWasOpened() throws IOException {
        RolloutJournal opened = journal();
        LiveRollout before = rolledBack();

        opened.readAgain();

        assertThat(opened.begin(terms("2.0.0"), 1).state()).isEqualTo(before.state());
    }

    @Test
    void writesAgainWhatTheFileMayNotHold() throws IOException {
        RolloutJournal mine = journal();
        LiveRollout live = mine.begin(terms("2.0.0"), 1);
        mine.write(List.of(live), Others.FORGET);
        Files.writeString(file, "{}");

        mine.doubt();
        mine.write(List.of(live), Others.FORGET);

        assertThat(Files.readString(file)).contains("rate-limit");
    }

    @Test
    void beginsAnewWhenTheTermsAreOthers() throws IOException {
        rolledBack();

        assertThat(journal().begin(terms("2.0.1"), 1).state().phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void forgetsRolloutsThatAreNotInForceAnyMore() throws IOException {
        rolledBack();
        journal().write(List.of(), Others.FORGET);

        assertThat(journal().begin(terms("2.0.0"), 1).state().phase()).isEqualTo(Phase.PROGRESSING);
    }

    @Test
    void keepsRolloutsThatAnotherOfTheSameNameTakesThePlaceOfForAWhile() throws IOException {
        LiveRollout before = rolledBack();
        RolloutJournal makeshift = journal();
        LiveRollout earlier = makeshift.begin(terms("1.5.0"), 1);
        makeshift.write(List.of(earlier), Others.KEEP);

        RolloutJournal restarted = journal();
        assertThat(restarted.begin(terms("1.5.0"), 1).state().reason()).contains("restarted");
        assertThat(restarted.begin(terms("2.0.0"), 1).state()).isEqualTo(before.state());

        restarted.write(List.of(before), Others.FORGET);
        assertThat(Files.readString(file)).contains("2.0.0").doesNotContain("1.5.0");
    }

    @Test
    void staysUnreadableAsLongAsTheRolloutsThatItHeldAreNotInForce() throws IOException {
        rolledBack();
        Files.writeString(file, Files.readString(file).substring(0, 60));
        RolloutJournal journal = journal();

        assertThatThrownBy(() -> journal.write(List.of(), Others.KEEP)).hasMessageContaining("could not be read");

        assertThat(journal().begin(terms("2.0.0"), 1).state().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void takesEveryRolloutForTakenBackWhenTheFileCannotBeRead() throws IOException {
        rolledBack();
        Files.writeString(file, Files.readString(file).substring(0, 60));

        RolloutJournal journal = journal();
        LiveRollout live = journal.begin(terms("2.0.0"), 1);
        assertThat(live.state().phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(live.state().reason()).contains("rollouts.json could not be read");

        journal.write(List.of(live), Others.FORGET);
        assertThat(journal().begin(terms("2.0.0"), 1).state()).isEqualTo(live.state());
    }

    @Test
    void writesTheTermsSoThatLaterReleasesKnowThem() {
        assertThat(terms("2.0.0").text())
                .isEqualTo("rate-limit 1.0.0 -> 2.0.0; steps [5, 100]; hold 300000ms; minRequests 100;"
                        + " abort 2% 1.5x; sticky cookie session");
    }
}
