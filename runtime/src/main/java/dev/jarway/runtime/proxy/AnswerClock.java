package dev.jarway.runtime.proxy;

import dev.jarway.runtime.admission.Door;
import dev.jarway.runtime.admission.Limit;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The limit on how long a client may leave untaken what there is of its answer ({@code limits.responseIdle}), be the answer
 * complete or not. One that has nothing to send may be quiet for as long as it likes. Belongs to one event loop.
 */
final class AnswerClock {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Executor loop;
    private final Door door;
    private final Consumer<GatewayFailure> late;
    private final Handler<AsyncResult<Void>> taken = this::taken;
    private int untaken;
    private long moved;
    private long timer = NO_TIMER;
    private boolean stopped;

    /**
     * A clock that runs while something is untaken.
     *
     * @param loop that of the client's connection
     * @param late is told once, with what has become of the exchange
     */
    AnswerClock(Vertx vertx, Executor loop, Door door, Consumer<GatewayFailure> late) {
        this.vertx = vertx;
        this.loop = loop;
        this.door = door;
        this.late = late;
    }

    /** A piece of the answer has been written; the future is complete when the client's connection has taken it. */
    void watch(Future<Void> piece) {
        if (!stopped && !piece.isComplete()) {
            loop.execute(() -> begin(piece));
        }
    }

    /** Most have been taken by the end of the loop's turn, which is when they are sent: no timer is set for these. */
    private void begin(Future<Void> piece) {
        if (stopped || piece.isComplete()) {
            return;
        }
        if (untaken++ == 0) {
            moved = System.nanoTime();
        }
        piece.onComplete(taken);
        if (timer == NO_TIMER) {
            arm(span());
        }
    }

    private void taken(AsyncResult<Void> piece) {
        untaken--;
        moved = System.nanoTime();
    }

    private long span() {
        return door.limits().responseIdle().toNanos();
    }

    private void arm(long nanosFromNow) {
        timer = vertx.setTimer(nanosFromNow / 1_000_000 + 1, fired -> look());
    }

    private void look() {
        timer = NO_TIMER;
        if (stopped || untaken == 0) {
            return;
        }
        long left = moved + span() - System.nanoTime();
        if (left > 0) {
            arm(left);
        } else {
            stopped = true;
            late.accept(door.reached(
                    Limit.RESPONSE_IDLE, door.limits().responseIdle().toMillis() + " ms"));
        }
    }

    /** Nothing of the answer is waited for any more. */
    void stop() {
        stopped = true;
        if (timer != NO_TIMER) {
            vertx.cancelTimer(timer);
        }
    }
}
