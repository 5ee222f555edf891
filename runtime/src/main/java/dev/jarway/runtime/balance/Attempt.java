package dev.jarway.runtime.balance;

import dev.jarway.plugin.Endpoint;
import dev.jarway.runtime.failure.FailureSource;
import dev.jarway.runtime.failure.GatewayFailure;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request's try of one endpoint, from the pick to its outcome: {@link #begin}, then what becomes of it, then {@link #end}.
 * One that is never begun leaves no trace. Belongs to one event loop.
 */
public final class Attempt {
    /** What a failure counts as, at least, where latencies are compared: to refuse quickly is not to be quick. */
    private static final long FAILURE_NANOS = 1_000_000_000L;

    private final Member member;
    private final LoopLoad load;
    private final Dialect dialect;
    private final Verdicts verdicts;
    private final LongSupplier nanoTime;

    private long begunAt;
    private long excused;
    private boolean begun;
    private boolean ended;
    private int status;
    private @Nullable String failure;
    private Permit permit = Permit.FREE;

    Attempt(Member member, int loop, Dialect dialect, Verdicts verdicts, LongSupplier nanoTime) {
        this.member = member;
        this.load = member.live().load(loop);
        this.dialect = dialect;
        this.verdicts = verdicts;
        this.nanoTime = nanoTime;
    }

    /** Who has to know how attempts end. */
    interface Verdicts {

        /** Whether a response of that status counts against the endpoint. */
        boolean isFailure(int status);

        /** So many in a row have failed. Called on the event loop. */
        void failed(LiveEndpoint endpoint, int inARow);
    }

    /** The endpoint, as filters see it. */
    public Endpoint endpoint() {
        return member.endpoint();
    }

    /** The endpoint, as the gateway knows it. */
    public LiveEndpoint live() {
        return member.live();
    }

    /** How the endpoint is spoken to. */
    public Dialect dialect() {
        return dialect;
    }

    /** The request is on its way, by a permit that is given back at the end. */
    public void begin(Permit with) {
        begun = true;
        permit = with;
        begunAt = nanoTime.getAsLong();
        load.begin();
    }

    /** So much of the time since then the endpoint does not answer for: the gateway has waited for somebody else. */
    public void excuse(long nanos) {
        excused += nanos;
    }

    /** The response's headers are here. */
    public void answered(int withStatus) {
        long now = nanoTime.getAsLong();
        status = withStatus;
        if (verdicts.isFailure(withStatus)) {
            failure = "status " + withStatus;
        }
        load.latency().add(taken(now), now);
    }

    private long taken(long now) {
        return now - begunAt - excused;
    }

    /** It has failed, or broken off, for that reason. What others than the service are to blame for does not count. */
    public void failed(Throwable cause) {
        GatewayFailure known = GatewayFailure.from(cause);
        if (ended || !begun || failure != null || known.code().source() != FailureSource.UPSTREAM) {
            return;
        }
        failure = known.code().name();
        if (status == 0) {
            long now = nanoTime.getAsLong();
            load.latency().add(Math.max(FAILURE_NANOS, taken(now)), now);
        }
    }

    /**
     * Passes its permit on to another attempt of the same request: what is left to be done here needs none. Empty if it has been
     * given back.
     */
    public Optional<Permit> handOver() {
        if (!begun || ended) {
            return Optional.empty();
        }
        Permit passed = permit;
        permit = Permit.FREE;
        return Optional.of(passed);
    }

    /** Nothing more will come of it. More than once does nothing more. */
    public void end() {
        if (!begun || ended) {
            return;
        }
        ended = true;
        load.end();
        permit.giveBack();
        if (failure != null) {
            load.fail();
            verdicts.failed(member.live(), member.live().failed(failure));
        } else if (status != 0) {
            member.live().succeeded();
        } else {
            // Given up: it would have taken longer still, which nobody would ever know of one that is always too slow.
            long now = nanoTime.getAsLong();
            load.latency().atLeast(taken(now), now);
        }
    }
}
