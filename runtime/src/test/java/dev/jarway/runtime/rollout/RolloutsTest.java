package dev.jarway.runtime.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.observability.VersionFigures;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
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
                () -> new Rollouts.Scene(List.of(), List.of(), List.of(retired, neverLive)),
                RolloutJournal.open(directory.resolve("rollouts.json"), clock),
                clock);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(retired.lately().requests()).isZero());

        rollouts.stop();
        assertThat(retired.total().failures()).isEqualTo(1);
        assertThat(retired.since()).contains(START);
        assertThat(neverLive.since()).isEmpty();
    }
}
