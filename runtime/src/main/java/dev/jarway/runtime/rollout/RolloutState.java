package dev.jarway.runtime.rollout;

import dev.jarway.runtime.config.RolloutConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a rollout stands. Immutable; the methods give the state that follows.
 *
 * @param step counts from 0
 * @param since when this state began
 * @param reason why it is so
 * @param evidence both versions as they were when this state began; empty at the start
 */
public record RolloutState(Phase phase, int step, Instant since, String reason, List<VersionRow> evidence) {
    public RolloutState {
        evidence = List.copyOf(evidence);
    }

    static RolloutState begin(Instant now) {
        return new RolloutState(Phase.PROGRESSING, 0, now, "it has begun", List.of());
    }

    /** Whether one version has all requests for good, until an operator says otherwise. */
    public boolean isOver() {
        return phase == Phase.PROMOTED || phase == Phase.ROLLED_BACK;
    }

    /** The target's share of the requests, in percent. */
    public int share(RolloutConfig config) {
        return switch (phase) {
            case PROGRESSING, PAUSED -> config.steps().get(step);
            case PROMOTED -> 100;
            case ROLLED_BACK -> 0;
        };
    }

    /**
     * What follows from how both versions did; this if nothing does.
     *
     * @param seen what happened since this state began
     */
    RolloutState judged(RolloutConfig config, Comparison seen, Instant now) {
        if (isOver()) {
            return this;
        }
        Optional<String> breach = seen.breach(config.abort(), config.minRequests());
        if (breach.isPresent()) {
            return new RolloutState(Phase.ROLLED_BACK, step, now, breach.get(), seen.rows());
        }
        boolean held = !now.isBefore(since.plus(config.hold()));
        if (phase == Phase.PAUSED || !held || seen.target().requests() < config.minRequests()) {
            return this;
        }
        return step + 1 < config.steps().size()
                ? new RolloutState(Phase.PROGRESSING, step + 1, now, "the step before went well", seen.rows())
                : new RolloutState(Phase.PROMOTED, step, now, "all steps went well", seen.rows());
    }

    /** What follows from a command; empty if it makes no sense now. */
    Optional<RolloutState> after(Command command, Comparison seen, Instant now) {
        return switch (command) {
            case PROMOTE ->
                isOver() ? Optional.empty() : to(Phase.PROMOTED, step, "an operator promoted it", seen, now);
            case ABORT ->
                phase != Phase.ROLLED_BACK
                        ? to(Phase.ROLLED_BACK, step, "an operator aborted it", seen, now)
                        : Optional.empty();
            case PAUSE ->
                phase == Phase.PROGRESSING
                        ? to(Phase.PAUSED, step, "an operator paused it", seen, now)
                        : Optional.empty();
            case RESUME ->
                switch (phase) {
                    case PAUSED -> to(Phase.PROGRESSING, step, "an operator let it go on", seen, now);
                    case ROLLED_BACK -> to(Phase.PROGRESSING, 0, "an operator let it begin anew", seen, now);
                    case PROGRESSING, PROMOTED -> Optional.empty();
                };
        };
    }

    private static Optional<RolloutState> to(Phase phase, int step, String reason, Comparison seen, Instant now) {
        return Optional.of(new RolloutState(phase, step, now, reason, seen.rows()));
    }

    /** What follows from the end of the process: figures are gone, so a step that was being judged is judged anew. */
    RolloutState restarted(Instant now) {
        return phase == Phase.PROGRESSING
                ? new RolloutState(phase, step, now, "the gateway was restarted in this step", evidence)
                : this;
    }
}
