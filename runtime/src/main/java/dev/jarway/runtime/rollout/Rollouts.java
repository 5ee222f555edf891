package dev.jarway.runtime.rollout;

import dev.jarway.runtime.files.NotWrittenException;
import dev.jarway.runtime.history.NotInChargeException;
import dev.jarway.runtime.observability.VersionFigures;
import dev.jarway.runtime.rollout.RolloutJournal.Others;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private final RolloutJournal journal;
    private final Clock clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jarway-rollouts").factory());

    /** Whether the last look failed: what fails again and again is told once. */
    private boolean failing;

    /** Whether it is the process before this one, or the one after it, that judges and writes down. */
    private boolean held = true;

    /**
     * What there is to look at.
     *
     * @param rollouts those of the configuration in force
     * @param versions the figures of the versions that requests may meet
     * @param all those of all versions that are there
     * @param makeshift whether another configuration is meant to be in force, whose rollouts go on from where they stood
     */
    public record Scene(
            Collection<LiveRollout> rollouts,
            Collection<VersionFigures> versions,
            Collection<VersionFigures> all,
            boolean makeshift) {

        private Others others() {
            return makeshift ? Others.KEEP : Others.FORGET;
        }
    }

    private Rollouts(Supplier<Scene> scene, RolloutJournal journal, Clock clock) {
        this.scene = scene;
        this.journal = journal;
        this.clock = clock;
    }

    /** Begins to tell figures the time. Nothing is judged, and nothing written, before {@link #resume}. */
    public static Rollouts start(Supplier<Scene> scene, RolloutJournal journal, Clock clock) {
        Rollouts rollouts = new Rollouts(scene, journal, clock);
        var unused = rollouts.thread.scheduleWithFixedDelay(rollouts::look, 0, GAP.toMillis(), TimeUnit.MILLISECONDS);
        return rollouts;
    }

    private void look() {
        try {
            Scene now = scene.get();
            Instant time = clock.instant();
            now.versions().forEach(version -> version.tick(time));
            now.all().forEach(version -> version.pass(time));
            if (held) {
                return;
            }
            for (LiveRollout rollout : now.rollouts()) {
                if (rollout.judge(time)) {
                    tell(rollout);
                }
            }
            journal.write(now.rollouts(), now.others());
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
     * Does with a rollout what an operator wants, as long as it is one of the configuration in force. The future is complete
     * when that is in force and written down, or when nothing comes of it. It fails with a {@link NotWrittenException} if
     * it cannot be written down, and with a {@link NotInChargeException} while it is held; then nothing has changed.
     */
    public CompletableFuture<CommandOutcome> command(LiveRollout rollout, Command command) {
        CompletableFuture<CommandOutcome> done = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                if (held) {
                    throw new NotInChargeException("another process is in charge of rollouts");
                }
                done.complete(follow(rollout, command));
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private CommandOutcome follow(LiveRollout rollout, Command command) throws IOException {
        Scene now = scene.get();
        if (!now.rollouts().contains(rollout)) {
            return CommandOutcome.REPLACED;
        }
        Optional<RolloutState> next = rollout.after(command, clock.instant());
        if (next.isEmpty()) {
            return CommandOutcome.SENSELESS;
        }
        journal.writeAhead(now.rollouts(), now.others(), rollout, next.get());
        rollout.enter(next.get());
        tell(rollout);
        return CommandOutcome.DONE;
    }

    /** Takes every rollout to where the process before this one has left it. Complete when it is so. */
    public CompletableFuture<Void> catchUp() {
        return run(() -> {
            journal.readAgain();
            scene.get().rollouts().forEach(rollout -> rollout.enter(journal.lastState(rollout.terms())));
        });
    }

    /**
     * Judges and follows nothing more until {@link #resume}. Complete when it is so and all is written down; if that cannot be
     * done, nothing is held.
     */
    public CompletableFuture<Void> hold() {
        return run(() -> {
            Scene now = scene.get();
            journal.write(now.rollouts(), now.others());
            held = true;
        });
    }

    /** Judges, follows and writes down from now on. */
    public CompletableFuture<Void> resume() {
        return run(() -> {
            // A successor that failed may have written.
            journal.doubt();
            held = false;
        });
    }

    private CompletableFuture<Void> run(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** What is done on the thread. */
    private interface Work {
        void run() throws IOException;
    }

    /** Ends the thread, once what it is writing is written. */
    public void stop() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(10, TimeUnit.SECONDS);
    }
}
