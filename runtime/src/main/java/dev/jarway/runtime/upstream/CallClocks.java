package dev.jarway.runtime.upstream;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * The clocks of a call. While a body goes out or the response comes in, something has to move; in between, the response has a limit of
 * its own. There is one timer for all of that, which is set anew only when it fires, or for something that is due sooner: most calls
 * set one. Belongs to one event loop.
 */
final class CallClocks {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final UpstreamLimits limits;
    private final Consumer<GatewayFailure> idle;
    private final Consumer<GatewayFailure> late;

    /** Whether the response is awaited, and nothing else has to move. */
    private boolean awaiting;

    /** When something has moved, or that began; by {@link System#nanoTime}. */
    private long since;

    private long timer = NO_TIMER;
    private long due;
    private boolean stopped;

    /**
     * Clocks that do not run yet.
     *
     * @param idle is told that nothing has moved for too long
     * @param late is told that there is no response
     */
    CallClocks(Vertx vertx, UpstreamLimits limits, Consumer<GatewayFailure> idle, Consumer<GatewayFailure> late) {
        this.vertx = vertx;
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
        long wanted = since + span();
        if (timer == NO_TIMER) {
            arm(wanted);
        } else if (wanted - due < 0) {
            vertx.cancelTimer(timer);
            arm(wanted);
        }
    }

    private long span() {
        return (awaiting ? limits.response() : limits.idle()).toNanos();
    }

    private void arm(long at) {
        due = at;
        timer = vertx.setTimer(Math.max(1, Math.ceilDiv(at - System.nanoTime(), 1_000_000L)), fired -> look());
    }

    private void look() {
        timer = NO_TIMER;
        long end = since + span();
        if (stopped) {
            return;
        }
        if (end - System.nanoTime() > 0) {
            arm(end);
        } else if (awaiting) {
            late.accept(failure("no response within "));
        } else {
            idle.accept(failure("nothing moved for "));
        }
    }

    /** None of them counts any more. */
    void stop() {
        stopped = true;
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private GatewayFailure failure(String what) {
        return GatewayFailure.of(FailureCode.UPSTREAM_TIMEOUT, what + span() / 1_000_000 + " ms");
    }
}
