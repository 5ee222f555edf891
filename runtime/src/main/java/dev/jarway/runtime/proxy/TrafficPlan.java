package dev.jarway.runtime.proxy;

import dev.jarway.runtime.config.AccessLogConfig;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.filter.ChainEntry;
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
 * @param accessLog how exchanges are logged
 */
public record TrafficPlan(
        RouteTable<Route> routes,
        HostPatterns<Integer> hostClasses,
        List<Chain> unrouted,
        Map<String, Service> services,
        Map<String, List<ChainEntry>> serviceFilters,
        AccessLogConfig accessLog) {

    public TrafficPlan {
        unrouted = List.copyOf(unrouted);
        services = Map.copyOf(services);
        serviceFilters = Map.copyOf(serviceFilters);
    }

    /** The route and the filters of a request as it stands now. */
    Resolution resolve(ExchangeRequest request) {
        RouteMatch<Route> match = routes.match(new RoutingView(request));
        int index = hostClasses.find(request.host()).orElse(0);
        return switch (match) {
            case RouteMatch.Found<Route> found ->
                new Resolution(match, found.route().chains().get(index));
            case RouteMatch.NotFound<Route> missed -> new Resolution(match, unrouted.get(index));
            case RouteMatch.MethodNotAllowed<Route> refused -> new Resolution(match, unrouted.get(index));
        };
    }

    /** The service of that name, which the configuration is known to have. */
    Service service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /** The filters of the service that a request goes to, which may be another than its route's. */
    List<ChainEntry> serviceFilters(Chain chain, Route route, String service) {
        return service.equals(route.service()) ? chain.service() : serviceFilters.getOrDefault(service, List.of());
    }
}
