package dev.jarway.runtime.upstream;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a call. While a body goes out or the response comes in, something has to move; in between, the response has a limit of
 * its own. There is one deadline for all of that, which is set anew only when it comes due, or for something that is due sooner: most
 * calls set one. Belongs to one event loop.
 */
final class CallClocks {
    private final Deadlines deadlines;
    private final UpstreamLimits limits;
    private final Consumer<GatewayFailure> idle;
    private final Consumer<GatewayFailure> late;

    /** Whether the response is awaited, and nothing else has to move. */
    private boolean awaiting;

    /** When something has moved, or that began; by {@link System#nanoTime}. */
    private long since;

    private Deadlines.@Nullable Deadline deadline;
    private boolean stopped;

    /**
     * Clocks that do not run yet.
     *
     * @param idle is told that nothing has moved for too long
     * @param late is told that there is no response
     */
    CallClocks(
            Deadlines deadlines, UpstreamLimits limits, Consumer<GatewayFailure> idle, Consumer<GatewayFailure> late) {
        this.deadlines = deadlines;
        this.limits = limits;
        this.idle = idle;
        this.late = late;
    }

    /** A body begins to go out. */
    void begin() {
        run(false);
    }

    /** Something has moved. */
    void touch() {
        if (!awaiting) {
            since = System.nanoTime();
        }
    }

    /** All of the request is out, and nothing of the response is here. */
    void awaitResponse() {
        run(true);
    }

    /** The response is here, or begins to be. */
    void responded() {
        run(false);
    }

    private void run(boolean response) {
        awaiting = response;
        since = System.nanoTime();
        if (stopped) {
            return;
        }
        if (deadline != null && since + span().toNanos() - deadline.at() < 0) {
            deadline.lift();
            deadline = null;
        }
        if (deadline == null) {
            deadline = deadlines.set(span(), this::look);
        }
    }

    private Duration span() {
        return awaiting ? limits.response() : limits.idle();
    }

    private void look() {
        deadline = null;
        if (stopped) {
            return;
        }
        long left = since + span().toNanos() - System.nanoTime();
        if (left > 0) {
            deadline = deadlines.set(Duration.ofMillis(Math.ceilDiv(left, 1_000_000L)), this::look);
        } else if (awaiting) {
            late.accept(failure("no response within "));
        } else {
            idle.accept(failure("nothing moved for "));
        }
    }

    /** None of them counts any more. */
    void stop() {
        stopped = true;
        if (deadline != null) {
            deadline.lift();
            deadline = null;
        }
    }

    private GatewayFailure failure(String what) {
        return GatewayFailure.of(FailureCode.UPSTREAM_TIMEOUT, what + span().toMillis() + " ms");
    }
}
