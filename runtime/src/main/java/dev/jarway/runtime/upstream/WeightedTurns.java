package dev.jarway.runtime.upstream;

import dev.jarway.plugin.Endpoint;
import java.util.List;

/**
 * Endpoints in turn, each as often as its weight says, and spread evenly rather than in bursts: in each turn all gain their
 * weight, and the one that has most gives up the sum. Belongs to one event loop.
 */
final class WeightedTurns {
    private final List<Endpoint> endpoints;
    private final long[] gained;
    private final long sum;

    WeightedTurns(List<Endpoint> endpoints, int loop) {
        this.endpoints = endpoints;
        this.gained = new long[endpoints.size()];
        this.sum = endpoints.stream().mapToLong(Endpoint::weight).sum();
        // Loops begin at different endpoints, lest all of them send their first request to the same one.
        for (int turn = 0; turn < loop; turn++) {
            next();
        }
    }

    Endpoint next() {
        int most = 0;
        for (int i = 0; i < gained.length; i++) {
            gained[i] += endpoints.get(i).weight();
            if (gained[i] > gained[most]) {
                most = i;
            }
        }
        gained[most] -= sum;
        return endpoints.get(most);
    }
}
