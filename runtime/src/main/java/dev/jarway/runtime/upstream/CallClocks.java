package dev.jarway.runtime.upstream;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of a call. While the request goes out or the response comes in, something has to move; in between, the
 * response has a limit of its own. Belongs to one event loop.
 */
final class CallClocks {
    private final Vertx vertx;
    private final UpstreamLimits limits;
    private final Consumer<GatewayFailure> idle;
    private final Consumer<GatewayFailure> late;
    private @Nullable IdleTimer moving;
    private long response = -1;
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

    /** The request begins to go out. */
    void begin() {
        long nanos = limits.idle().toNanos();
        moving = new IdleTimer(vertx, nanos, () -> idle.accept(failure("nothing moved for ", nanos / 1_000_000)));
    }

    /** Something has moved. */
    void touch() {
        if (moving != null) {
            moving.touch();
        }
    }

    /** All of the request is out, and nothing of the response is here. */
    void awaitResponse() {
        if (moving != null) {
            moving.cancel();
            moving = null;
        }
        long millis = limits.response().toMillis();
        response = vertx.setTimer(millis, fired -> late.accept(failure("no response within ", millis)));
    }

    /** The response is here, or begins to be. */
    void responded() {
        vertx.cancelTimer(response);
        if (moving == null && !stopped) {
            begin();
        }
        touch();
    }

    /** None of them counts any more. */
    void stop() {
        stopped = true;
        vertx.cancelTimer(response);
        if (moving != null) {
            moving.cancel();
        }
    }

    private static GatewayFailure failure(String what, long millis) {
        return GatewayFailure.of(FailureCode.UPSTREAM_TIMEOUT, what + millis + " ms");
    }
}
