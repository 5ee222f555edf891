package dev.jarway.runtime.rollout;

import dev.jarway.runtime.observability.VersionFigures;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What drives the rollouts of the configuration in force, on a thread of its own: it looks at their figures, moves them on or
 * back, and writes down where they stand. It also tells the figures of versions that time goes on.
 */
public final class Rollouts {
    private static final Logger log = LoggerFactory.getLogger(Rollouts.class);
    private static final Duration GAP = Duration.ofMillis(250);

    private final Supplier<Scene> scene;
    private final BooleanSupplier inCharge;
    private final RolloutJournal journal;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jarway-rollouts").factory());

    /** Whether the last look failed: what fails again and again is told once. */
    private boolean failing;

    /**
     * What there is to look at.
     *
     * @param rollouts those of the configuration in force
     * @param versions the figures of the versions that requests may meet
     */
    public record Scene(Collection<LiveRollout> rollouts, Collection<VersionFigures> versions) {}

    private Rollouts(Supplier<Scene> scene, BooleanSupplier inCharge, RolloutJournal journal, Clock clock) {
        this.scene = scene;
        this.inCharge = inCharge;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Begins to look.
     *
     * @param inCharge whether it is this process that judges and writes down, rather than the one before it or after it
     */
    public static Rollouts start(Supplier<Scene> scene, BooleanSupplier inCharge, RolloutJournal journal, Clock clock) {
        Rollouts rollouts = new Rollouts(scene, inCharge, journal, clock);
        var unused = rollouts.thread.scheduleWithFixedDelay(rollouts::look, 0, GAP.toMillis(), TimeUnit.MILLISECONDS);
        return rollouts;
    }

    private void look() {
        try {
            Scene now = scene.get();
            Instant time = clock.instant();
            now.versions().forEach(version -> version.tick(time));
            if (!inCharge.getAsBoolean()) {
                return;
            }
            for (LiveRollout rollout : now.rollouts()) {
                if (rollout.judge(time)) {
                    tell(rollout);
                }
            }
            journal.write(now.rollouts());
            failing = false;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                log.error("Rollouts could not be looked at or written down; that is tried again and again", e);
            }
            failing = true;
        }
    }

    private static void tell(LiveRollout rollout) {
        RolloutState state = rollout.state();
        RolloutTerms terms = rollout.terms();
        if (state.phase() == Phase.ROLLED_BACK) {
            log.warn(
                    "Rollout {}: plugin {}@{} is taken back, {} has all requests again: {}",
                    terms.name(),
                    terms.plugin(),
                    terms.target(),
                    terms.stable(),
                    state.reason());
        } else {
            log.info(
                    "Rollout {}: {}, plugin {}@{} has {} % of the requests: {}",
                    terms.name(),
                    state.phase().written(),
                    terms.plugin(),
                    terms.target(),
                    state.share(terms.config()),
                    state.reason());
        }
    }

    /**
     * Does with a rollout what an operator wants. The future is complete when that is in force and written down: true, or
     * false if the command makes no sense in the state that the rollout is in.
     */
    public CompletableFuture<Boolean> command(LiveRollout rollout, Command command) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                boolean followed = rollout.follow(command, clock.instant());
                if (followed) {
                    tell(rollout);
                    journal.write(List.copyOf(scene.get().rollouts()));
                }
                done.complete(followed);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** Ends the thread, once what it is writing is written. */
    public void stop() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(10, TimeUnit.SECONDS);
    }
}
