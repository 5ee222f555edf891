package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.RouteConfig;
import dev.jarway.runtime.config.ServiceShareConfig;
import dev.jarway.runtime.proxy.Chain;
import dev.jarway.runtime.proxy.Mirror;
import dev.jarway.runtime.proxy.Redirect;
import dev.jarway.runtime.proxy.Rewrite;
import dev.jarway.runtime.proxy.Route;
import dev.jarway.runtime.proxy.RouteChoice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How a route's configuration becomes what requests take. */
final class RouteParts {
    private RouteParts() {}

    /**
     * What requests of a route take.
     *
     * @param chains the filters on the way to a service, or to none
     */
    static RouteChoice choice(RouteConfig route, Function<Optional<String>, List<Chain>> chains) {
        if (route.redirect().isPresent()) {
            Redirect redirect = Redirect.of(route.match(), route.redirect().get());
            return RouteChoice.of(new Route.Elsewhere(route.name(), redirect, chains.apply(Optional.empty())));
        }
        Rewrite rewrite =
                route.rewrite().map(config -> Rewrite.of(route.match(), config)).orElse(Rewrite.NONE);
        Optional<Mirror> mirror = route.mirror().map(Mirror::of);
        List<Route.Forward> forwards = route.serviceNames().stream()
                .map(service ->
                        new Route.Forward(route.name(), service, rewrite, mirror, chains.apply(Optional.of(service))))
                .toList();
        return route.service().isPresent()
                ? RouteChoice.of(forwards.getFirst())
                : RouteChoice.of(
                        forwards,
                        route.services().stream()
                                .map(ServiceShareConfig::weight)
                                .toList(),
                        route.sticky());
    }
}
