package dev.jarway.runtime.overload;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.jarway.runtime.config.AdaptiveConfig;
import dev.jarway.runtime.config.RouteLimitsConfig;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of one route may be under way, and how many are. What is under way goes on to count when the configuration
 * changes. Shared by all event loops.
 */
public final class RouteGate {
    /** That of a route without limits. */
    public static final RouteGate NONE = new RouteGate(RouteLimitsConfig.NONE, new AtomicInteger(), null);

    private final RouteLimitsConfig limits;
    private final AtomicInteger underWay;
    private final @Nullable Limiter<Void> adaptive;

    private RouteGate(RouteLimitsConfig limits, AtomicInteger underWay, @Nullable Limiter<Void> adaptive) {
        this.limits = limits;
        this.underWay = underWay;
        this.adaptive = adaptive;
    }

    /** The one of a route, which goes on from the one before if there was one. */
    public static RouteGate of(RouteLimitsConfig limits, Optional<RouteGate> before) {
        if (before.isPresent() && before.get().limits.equals(limits)) {
            return before.get();
        }
        return new RouteGate(
                limits,
                before.map(gate -> gate.underWay).orElseGet(AtomicInteger::new),
                limits.adaptive().map(RouteGate::limiter).orElse(null));
    }

    /** It goes by the gradient of latencies: as long as requests take as long as before it allows more, if longer, fewer. */
    private static Limiter<Void> limiter(AdaptiveConfig config) {
        return SimpleLimiter.newBuilder()
                .limit(Gradient2Limit.newBuilder()
                        .initialLimit(config.min())
                        .minLimit(config.min())
                        .maxConcurrency(config.max())
                        .build())
                .build();
    }

    /** Whether the limits of the gateway do not hold here. */
    public boolean exempt() {
        return limits.exempt();
    }

    /**
     * Lets a request in.
     *
     * @throws dev.jarway.runtime.failure.GatewayFailure with the code {@code OVERLOADED} if it is one too many
     */
    public Pass enter(Overload overload) {
        if (adaptive != null) {
            return adaptive.acquire(null)
                    .<Pass>map(Adaptive::new)
                    .orElseThrow(() -> overload.refuse("limits.adaptive: more requests than its service bears now"));
        }
        if (limits.requests().isEmpty()) {
            return Pass.FREE;
        }
        int most = limits.requests().get();
        return CountedPass.take(underWay, most)
                .orElseThrow(() -> overload.refuse("limits.requests: " + most + " of this route are under way"));
    }

    /** Counts until the service has answered: how long a client takes to read, or a stream lasts, says nothing of the service. */
    private static final class Adaptive implements Pass {
        private Limiter.@Nullable Listener listener;

        Adaptive(Limiter.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void answered(boolean well) {
            if (listener == null) {
                return;
            }
            if (well) {
                listener.onSuccess();
            } else {
                listener.onDropped();
            }
            listener = null;
        }

        @Override
        public void giveBack() {
            if (listener != null) {
                listener.onIgnore();
                listener = null;
            }
        }
    }
}
