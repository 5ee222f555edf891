package dev.jarway.runtime.rollout;

import dev.jarway.runtime.filter.Shares;
import dev.jarway.runtime.observability.Figures;
import dev.jarway.runtime.observability.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A rollout at work: what event loops read the shares from, and count in. Snapshots share it as long as its terms are the
 * same. One thread changes it at a time, any thread may read it.
 */
public final class LiveRollout implements Supplier<Shares> {
    private final RolloutTerms terms;
    private final Tally stable;
    private final Tally target;

    private volatile Standing standing;

    /** The state with all that belongs to it, for one write. */
    private record Standing(RolloutState state, Shares shares, Figures stableBefore, Figures targetBefore) {}

    LiveRollout(RolloutTerms terms, RolloutState state, int loops) {
        this.terms = terms;
        this.stable = new Tally(loops);
        this.target = new Tally(loops);
        this.standing = new Standing(state, shares(state), Figures.NONE, Figures.NONE);
    }

    private Shares shares(RolloutState state) {
        int share = state.share(terms.config());
        return state.isOver() ? Shares.settled(share == 0 ? 0 : 1, 2) : Shares.of(List.of(100 - share, share));
    }

    /** What the configuration says of it. */
    public RolloutTerms terms() {
        return terms;
    }

    /** Where it stands. */
    public RolloutState state() {
        return standing.state();
    }

    /** The shares of the stable version and the target, as they are now. */
    @Override
    public Shares get() {
        return standing.shares();
    }

    /** Where requests that ran the version before are counted. */
    public Tally stable() {
        return stable;
    }

    /** Where requests that ran the target are counted. */
    public Tally target() {
        return target;
    }

    /** Both versions since this state began. */
    public Comparison lately() {
        Standing now = standing;
        return compare(stable.read().since(now.stableBefore()), target.read().since(now.targetBefore()));
    }

    /** Both versions since the rollout began in this process. */
    public Comparison total() {
        return compare(stable.read(), target.read());
    }

    /** What the target is judged by: where the version before has had too few requests of late, its earlier ones count too. */
    private Comparison basis() {
        Comparison lately = lately();
        return lately.stable().requests() >= terms.config().minRequests()
                ? lately
                : new Comparison(total().stable(), lately.target(), false);
    }

    private Comparison compare(Figures ofStable, Figures ofTarget) {
        return new Comparison(VersionRow.of(terms.stable(), ofStable), VersionRow.of(terms.target(), ofTarget));
    }

    /** Goes on if it is time to, or goes back; true if it did. */
    boolean judge(Instant now) {
        RolloutState present = state();
        if (present.isOver()) {
            return false;
        }
        RolloutState next = present.judged(terms.config(), basis(), now);
        boolean changed = !next.equals(present);
        if (changed) {
            enter(next);
        }
        return changed;
    }

    /** Does what an operator wants; false if it makes no sense now. */
    boolean follow(Command command, Instant now) {
        Optional<RolloutState> next = after(command, now);
        next.ifPresent(this::enter);
        return next.isPresent();
    }

    /** Where it would stand after a command; empty if that makes no sense now. */
    Optional<RolloutState> after(Command command, Instant now) {
        return state().after(command, basis(), now);
    }

    /** Stands there from now on. To be called by the thread that drives it. */
    void enter(RolloutState next) {
        standing = new Standing(next, shares(next), stable.read(), target.read());
    }
}
