package dev.jarway.runtime.overload;

import com.netflix.concurrency.limits.limit.Gradient2Limit;
import dev.jarway.runtime.config.AdaptiveConfig;
import dev.jarway.runtime.config.RouteLimitsConfig;
import java.util.Optional;
import java.util.OptionalLong;
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
    private final @Nullable Bearable adaptive;

    private RouteGate(RouteLimitsConfig limits, AtomicInteger underWay, @Nullable Bearable adaptive) {
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
                limits.adaptive().map(Bearable::of).orElse(null));
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
            return adaptive.take()
                    .orElseThrow(() -> overload.refuse("limits.adaptive: more requests than its service bears now"));
        }
        if (limits.requests().isEmpty()) {
            return Pass.FREE;
        }
        int most = limits.requests().get();
        return CountedPass.take(underWay, most)
                .orElseThrow(() -> overload.refuse("limits.requests: " + most + " of this route are under way"));
    }

    /**
     * What a service bears, found by the gradient of latencies: as long as requests take as long as before it is more, if longer,
     * less.
     *
     * @param limit what it bears now
     * @param underWay what it bears at this moment
     */
    private record Bearable(Gradient2Limit limit, AtomicInteger underWay) {

        static Bearable of(AdaptiveConfig config) {
            Gradient2Limit limit = Gradient2Limit.newBuilder()
                    .initialLimit(config.min())
                    .minLimit(config.min())
                    .maxConcurrency(config.max())
                    .build();
            return new Bearable(limit, new AtomicInteger());
        }

        Optional<Pass> take() {
            int with = underWay.incrementAndGet();
            if (with > limit.getLimit()) {
                underWay.decrementAndGet();
                return Optional.empty();
            }
            return Optional.of(new Adaptive(this, with));
        }
    }

    /** Counts until the service has answered: how long a client takes to read, or a stream lasts, says nothing of the service. */
    private static final class Adaptive implements Pass {
        private final Bearable bearable;
        private final int with;
        private final long takenAt = System.nanoTime();
        private boolean counts = true;

        Adaptive(Bearable bearable, int with) {
            this.bearable = bearable;
            this.with = with;
        }

        @Override
        public void answered(boolean well, OptionalLong completeAt) {
            if (counts && completeAt.isPresent()) {
                long complete = completeAt.getAsLong();
                long from = takenAt - complete > 0 ? takenAt : complete;
                bearable.limit().onSample(from, System.nanoTime() - from, with, !well);
            }
            giveBack();
        }

        @Override
        public void giveBack() {
            if (counts) {
                counts = false;
                bearable.underWay().decrementAndGet();
            }
        }
    }
}
