package dev.jarway.runtime.proxy;

import dev.jarway.runtime.config.StickyConfig;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.filter.Shares;
import dev.jarway.runtime.filter.StableHash;
import dev.jarway.runtime.filter.StickyKey;
import java.util.List;
import java.util.Optional;

/** What a route comes to: always the same, or one of several by weight. An exchange meets the same one throughout. Immutable. */
public final class RouteChoice {
    private final List<? extends Route> routes;
    private final long[] salts;
    private final Shares shares;
    private final Optional<StickyKey> sticky;

    private RouteChoice(List<? extends Route> routes, long[] salts, Shares shares, Optional<StickyKey> sticky) {
        this.routes = List.copyOf(routes);
        this.salts = salts;
        this.shares = shares;
        this.sticky = sticky;
    }

    /** Always this. */
    public static RouteChoice of(Route route) {
        return new RouteChoice(List.of(route), new long[1], Shares.of(List.of(1)), Optional.empty());
    }

    /**
     * One of these.
     *
     * @param weights in the same order
     * @param sticky what callers are known by who are to meet the same one each time
     */
    public static RouteChoice of(List<Route.Forward> routes, List<Integer> weights, Optional<StickyConfig> sticky) {
        long[] salts = routes.stream()
                .mapToLong(route -> StableHash.of(route.service()))
                .toArray();
        return new RouteChoice(routes, salts, Shares.of(weights), sticky.map(StickyKey::of));
    }

    /** Whether all requests meet the same one. */
    boolean isOne() {
        return routes.size() == 1;
    }

    /** For that exchange, in which the request stands as it does now. */
    Route choose(GatewayExchange exchange, ExchangeRequest request) {
        if (isOne()) {
            return routes.getFirst();
        }
        String key = sticky.flatMap(caller -> caller.of(exchange, request)).orElseGet(exchange::id);
        return routes.get(shares.of(StableHash.of(key), salts));
    }
}
