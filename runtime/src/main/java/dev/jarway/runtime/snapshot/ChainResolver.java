package dev.jarway.runtime.snapshot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.GatewayConfig;
import dev.jarway.runtime.config.RuleConfig;
import dev.jarway.runtime.config.RuleMatch;
import dev.jarway.runtime.snapshot.FilterScope.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The rules by which scopes become one chain: lists run in the order gateway, host, route, service; an entry takes the place
 * of one of its name in a wider scope, or with {@code enabled: false} takes it out; and the first of an entry's rules that
 * fits decides on its configuration.
 */
final class ChainResolver {
    private final GatewayConfig config;
    private final HostClasses hosts;
    private final Map<String, Integer> services = new LinkedHashMap<>();

    ChainResolver(GatewayConfig config, HostClasses hosts) {
        this.config = config;
        this.hosts = hosts;
        for (int i = 0; i < config.services().size(); i++) {
            services.put(config.services().get(i).name(), i);
        }
    }

    /** For which requests a chain is. */
    record Target(int hostClass, Optional<String> route, Optional<String> service) {}

    /** An entry in the place where its chain has it. */
    private record Placed(Kind stage, FilterScope scope, FilterConfig entry) {}

    /** All lists of filters in the configuration, of its routes those of these indices. */
    List<FilterScope> scopes(IntPredicate routes) {
        List<FilterScope> scopes = new ArrayList<>();
        scopes.add(gateway());
        for (int i = 0; i < config.hosts().size(); i++) {
            scopes.add(host(i));
        }
        for (int i = 0; i < config.routes().size(); i++) {
            if (routes.test(i)) {
                scopes.add(route(i));
            }
        }
        for (int i = 0; i < config.services().size(); i++) {
            scopes.add(service(i));
        }
        return scopes;
    }

    /** The chains of requests that take a route, to that service if it leads to one. */
    Map<Kind, List<FilterUse>> routed(int route, Optional<String> service, int hostClass) {
        List<FilterScope> scopes = new ArrayList<>(wide(hostClass));
        scopes.add(route(route));
        service.map(services::get).ifPresent(index -> scopes.add(service(index)));
        return resolve(
                scopes,
                new Target(hostClass, Optional.of(config.routes().get(route).name()), service));
    }

    /** The chains of requests that no route matches. */
    Map<Kind, List<FilterUse>> unrouted(int hostClass) {
        return resolve(wide(hostClass), new Target(hostClass, Optional.empty(), Optional.empty()));
    }

    /** The filters of a service for requests that are sent there by a filter rather than by their route. */
    List<FilterUse> ofService(String name) {
        FilterScope scope = service(Objects.requireNonNull(services.get(name), name));
        Map<Kind, List<FilterUse>> stages = resolve(List.of(scope), new Target(0, Optional.empty(), Optional.of(name)));
        return stages.getOrDefault(Kind.SERVICE, List.of());
    }

    private List<FilterScope> wide(int hostClass) {
        int host = hosts.hostEntry(hostClass, config.hosts());
        return host < 0 ? List.of(gateway()) : List.of(gateway(), host(host));
    }

    private FilterScope gateway() {
        return new FilterScope(Kind.GATEWAY, "", "/filters", config.filters());
    }

    private FilterScope host(int i) {
        return new FilterScope(
                Kind.HOST,
                config.hosts().get(i).name(),
                "/hosts/" + i + "/filters",
                config.hosts().get(i).filters());
    }

    private FilterScope route(int i) {
        return new FilterScope(
                Kind.ROUTE,
                config.routes().get(i).name(),
                "/routes/" + i + "/filters",
                config.routes().get(i).filters());
    }

    private FilterScope service(int i) {
        return new FilterScope(
                Kind.SERVICE,
                config.services().get(i).name(),
                "/services/" + i + "/filters",
                config.services().get(i).filters());
    }

    private Map<Kind, List<FilterUse>> resolve(List<FilterScope> scopes, Target target) {
        Map<String, Placed> places = new LinkedHashMap<>();
        for (FilterScope scope : scopes) {
            for (FilterConfig entry : scope.filters()) {
                Placed present = places.get(entry.entryName());
                if (present == null) {
                    places.put(entry.entryName(), new Placed(scope.kind(), scope, entry));
                } else if (scope.kind().isNarrowerThan(present.scope().kind())) {
                    places.put(entry.entryName(), new Placed(present.stage(), scope, entry));
                }
            }
        }
        Map<Kind, List<FilterUse>> stages = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            stages.put(kind, new ArrayList<>());
        }
        places.values().stream()
                .filter(placed -> placed.entry().enabled())
                .forEach(placed -> use(placed, target)
                        .ifPresent(use ->
                                stages.getOrDefault(placed.stage(), List.of()).add(use)));
        return stages;
    }

    private Optional<FilterUse> use(Placed placed, Target target) {
        FilterConfig entry = placed.entry();
        FilterScope scope = placed.scope();
        String slot = scope.slot(entry);
        String pointer = scope.pointer() + "/" + scope.filters().indexOf(entry);
        for (int i = 0; i < entry.rules().size(); i++) {
            RuleConfig rule = entry.rules().get(i);
            if (fits(rule.match(), target)) {
                String rulePointer = pointer + "/rules/" + i + "/config";
                String ruleSlot = slot + "/rule" + i;
                return rule.config().map(config -> new FilterUse(ruleSlot, rulePointer, entry, config));
            }
        }
        if (entry.config().isEmpty() && !entry.rules().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new FilterUse(slot, pointer + "/config", entry, entry.config().orElseGet(ChainResolver::empty)));
    }

    private boolean fits(RuleMatch match, Target target) {
        boolean host = match.hosts().isEmpty() || hosts.fits(target.hostClass(), match.hosts());
        boolean route = match.routes().isEmpty()
                || target.route()
                        .map(name -> match.routes().stream().anyMatch(pattern -> namesRoute(pattern, name)))
                        .orElse(false);
        boolean service = match.services().isEmpty()
                || target.service().map(match.services()::contains).orElse(false);
        return host && route && service;
    }

    private static boolean namesRoute(String pattern, String route) {
        return pattern.endsWith("*")
                ? route.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(route);
    }

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
