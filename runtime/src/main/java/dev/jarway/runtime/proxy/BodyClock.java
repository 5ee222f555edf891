package dev.jarway.runtime.proxy;

import dev.jarway.runtime.admission.Door;
import dev.jarway.runtime.admission.Limit;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * The limit on how long the body of one request may stand still while somebody waits for it ({@code limits.bodyIdle}), over
 * HTTP/2 and HTTP/3, where a connection that stands still is none of the request's business. Belongs to its event loop.
 */
final class BodyClock {
    /** So many in the span: if none sees that anything has moved, that was the span ago at least, and an eighth more at most. */
    private static final int LOOKS = 8;

    private final Vertx vertx;
    private final Door door;
    private final Arrival arrival;
    private final Consumer<GatewayFailure> late;
    private long seen;
    private int still;
    private long timer;

    private BodyClock(Vertx vertx, Door door, Arrival arrival, Consumer<GatewayFailure> late) {
        this.vertx = vertx;
        this.door = door;
        this.arrival = arrival;
        this.late = late;
    }

    /**
     * Begins.
     *
     * @param late is told once, with what to say to the client
     */
    static BodyClock start(Vertx vertx, Door door, Arrival arrival, Consumer<GatewayFailure> late) {
        BodyClock clock = new BodyClock(vertx, door, arrival, late);
        clock.arm();
        return clock;
    }

    private void arm() {
        timer = vertx.setTimer(1 + (door.limits().bodyIdle().toMillis() - 1) / LOOKS, fired -> look());
    }

    private void look() {
        boolean moved = arrival.bodyBytes() != seen || !arrival.waitsForClient();
        seen = arrival.bodyBytes();
        still = moved ? 0 : still + 1;
        if (still >= LOOKS) {
            late.accept(door.reached(Limit.BODY_IDLE, door.limits().bodyIdle().toMillis() + " ms"));
        } else {
            arm();
        }
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
