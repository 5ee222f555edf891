package dev.jarway.runtime.proxy;

import dev.jarway.runtime.config.AccessLogConfig;
import dev.jarway.runtime.config.OverloadConfig;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.filter.ChainEntry;
import dev.jarway.runtime.overload.RouteGate;
import dev.jarway.runtime.routing.HostPatterns;
import dev.jarway.runtime.routing.RouteMatch;
import dev.jarway.runtime.routing.RouteTable;
import dev.jarway.runtime.upstream.Service;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that requests need of one configuration, resolved and ready: routes, filter chains, services. Immutable, and shared by
 * all event loops.
 *
 * @param routes which route a request takes
 * @param hostClasses which hosts the filters of some chain tell apart; hosts of one class meet the same filters
 * @param unrouted the chains of requests that no route matches, one for each class of hosts
 * @param services by name
 * @param serviceFilters the filters of each service, for requests that a filter sends there
 * @param gates of the routes that have limits, by their names
 * @param overload when no further requests are taken
 * @param accessLog how exchanges are logged
 */
public record TrafficPlan(
        RouteTable<RouteChoice> routes,
        HostPatterns<Integer> hostClasses,
        List<Chain> unrouted,
        Map<String, Service> services,
        Map<String, List<ChainEntry>> serviceFilters,
        Map<String, RouteGate> gates,
        OverloadConfig overload,
        AccessLogConfig accessLog) {

    public TrafficPlan {
        unrouted = List.copyOf(unrouted);
        services = Map.copyOf(services);
        serviceFilters = Map.copyOf(serviceFilters);
        gates = Map.copyOf(gates);
    }

    /** The route and the filters of an exchange whose request stands as it does now. */
    Resolution resolve(GatewayExchange exchange, ExchangeRequest request) {
        int index = hostClasses.find(request.host()).orElse(0);
        boolean byFields = routes.asksForHeaders();
        return switch (routes.match(new RoutingView(request))) {
            case RouteMatch.Found<RouteChoice> found -> {
                Route route = found.route().choose(exchange, request);
                yield new Resolution(
                        new RouteMatch.Found<>(route),
                        route.chains().get(index),
                        request.path(),
                        byFields || !found.route().isOne());
            }
            case RouteMatch.NotFound<RouteChoice> missed ->
                new Resolution(new RouteMatch.NotFound<>(), unrouted.get(index), request.path(), byFields);
            case RouteMatch.MethodNotAllowed<RouteChoice> refused ->
                new Resolution(
                        new RouteMatch.MethodNotAllowed<>(refused.allow()),
                        unrouted.get(index),
                        request.path(),
                        byFields);
        };
    }

    /** How many requests of that route may be under way. */
    RouteGate gate(Route route) {
        return gates.getOrDefault(route.name(), RouteGate.NONE);
    }

    /** Whether the request is taken on however much there is to do. */
    boolean isExempt(Resolution resolution) {
        return resolution.match() instanceof RouteMatch.Found<Route> found
                && gate(found.route()).exempt();
    }

    /** The service of that name, which the configuration is known to have. */
    Service service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /** The filters of the service that a request goes to, which may be another than its route's. */
    List<ChainEntry> serviceFilters(Chain chain, Route.Forward route, String service) {
        return service.equals(route.service()) ? chain.service() : serviceFilters.getOrDefault(service, List.of());
    }
}
