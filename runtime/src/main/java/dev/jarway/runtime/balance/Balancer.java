package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.LoadBalancer;
import java.util.List;
import java.util.function.LongSupplier;

/** A way to choose among the candidates of one group. Belongs to one event loop. */
interface Balancer {

    /** The candidate for a request. */
    Candidate next(Pick pick);

    /** The one of that name, for that event loop. */
    static Balancer of(LoadBalancer kind, Group group, int loop, LongSupplier nanoTime) {
        List<Candidate> candidates = group.candidates();
        return switch (kind) {
            case ROUND_ROBIN -> new WeightedTurns(candidates, loop);
            case RANDOM -> new WeightedDraw(candidates);
            case LEAST_REQUEST -> new LeastRequest(candidates, loop);
            case PEAK_EWMA -> new PeakEwma(candidates, loop, nanoTime);
            case CONSISTENT_HASH -> new PlacedDraw(group.places(), new WeightedDraw(candidates));
        };
    }
}
