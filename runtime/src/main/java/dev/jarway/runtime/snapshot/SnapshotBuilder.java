package dev.jarway.runtime.snapshot;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.runtime.balance.Discovered;
import dev.jarway.runtime.balance.EndpointTls;
import dev.jarway.runtime.balance.ServiceEndpoints;
import dev.jarway.runtime.balance.Timing;
import dev.jarway.runtime.balance.TlsMaterial;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.GatewayConfig;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.PluginReference;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.RouteConfig;
import dev.jarway.runtime.config.RouteLimitsConfig;
import dev.jarway.runtime.config.ServiceConfig;
import dev.jarway.runtime.filter.ChainEntry;
import dev.jarway.runtime.filter.ConfiguredPlugin;
import dev.jarway.runtime.filter.FilterEntry;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.observability.Tallies;
import dev.jarway.runtime.observability.Tally;
import dev.jarway.runtime.overload.RouteGate;
import dev.jarway.runtime.proxy.Chain;
import dev.jarway.runtime.proxy.RouteChoice;
import dev.jarway.runtime.proxy.TrafficPlan;
import dev.jarway.runtime.rollout.LiveRollout;
import dev.jarway.runtime.rollout.RolloutJournal;
import dev.jarway.runtime.rollout.RolloutTerms;
import dev.jarway.runtime.routing.RouteTable;
import dev.jarway.runtime.snapshot.FilterScope.Kind;
import dev.jarway.runtime.tls.CertificateShelf;
import dev.jarway.runtime.tls.ListenerTls;
import dev.jarway.runtime.upstream.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The building of one snapshot, from a configuration and the plugins present. It finds all that is wrong before it gives up,
 * makes each Plugin that the snapshot before does not have, and closes those again if it gives up. Used once, by one thread.
 */
final class SnapshotBuilder {
    private final LoadedConfig loaded;
    private final GatewayConfig config;
    private final Inventory inventory;
    private final Optional<Snapshot> before;
    private final PluginWorkshop workshop;
    private final int loops;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Map<PluginType, ConsumerDirectory> consumers = new HashMap<>();
    private final Map<FilterUse, Optional<ChainEntry>> entries = new HashMap<>();
    private final Map<String, LiveRollout> rollouts = new HashMap<>();
    private final List<BuiltRoute> routes = new ArrayList<>();
    private final Splits splits = new Splits(rollouts);
    private final RolloutJournal journal;
    private final CertificateShelf certificates;
    private final DiscoveryPart discoveries;
    private final TlsMaterial tls;

    /** What every build of a gateway needs. */
    record Tools(
            Boundary boundary,
            HostServices services,
            int loops,
            RolloutJournal rollouts,
            CertificateShelf certificates,
            TlsMaterial tls) {}

    SnapshotBuilder(LoadedConfig loaded, Inventory inventory, Optional<Snapshot> before, Tools tools) {
        this.loaded = loaded;
        this.config = loaded.config();
        this.inventory = inventory;
        this.before = before;
        this.loops = tools.loops();
        this.journal = tools.rollouts();
        this.certificates = tools.certificates();
        this.tls = tools.tls();
        this.discoveries = new DiscoveryPart(loaded, tools.boundary());
        this.workshop = new PluginWorkshop(
                tools.boundary(),
                tools.services(),
                before.map(Snapshot::plugins).orElse(Map.of()));
    }

    /** What was built, or all that is wrong; and the Plugins that were made on the way, to be closed in the latter case. */
    record Result(Checked<Snapshot> snapshot, List<LivePlugin> made) {}

    Result build(long revision, Instant now) {
        HostClasses hosts = HostClasses.of(config);
        ChainResolver resolver = new ChainResolver(config, hosts);
        Inheritance inheritance = new Inheritance(loaded, hosts, inventory, before);
        List<FilterScope> scopes =
                resolver.scopes(index -> inheritance.route(index).isEmpty());
        EntryChecks checks = new EntryChecks(loaded, inventory);
        scopes.forEach(checks::check);
        TlsPart listeners = new TlsPart(loaded, certificates);
        problems.addAll(listeners.read());
        listeners.plugins().forEach(checks::check);
        discoveries.plugins().forEach(checks::check);
        problems.addAll(checks.problems());
        warnings.addAll(checks.warnings());
        if (!problems.isEmpty()) {
            return new Result(new Checked.Invalid<>(List.copyOf(new LinkedHashSet<>(problems))), workshop.made());
        }
        scopes.forEach(this::rollouts);
        TrafficPlan plan = plan(resolver, hosts, inheritance);
        Map<String, ListenerTls> fronts = listeners.with(this::certificates);
        problems.addAll(discoveries.problems());
        if (!problems.isEmpty()) {
            return new Result(new Checked.Invalid<>(List.copyOf(new LinkedHashSet<>(problems))), workshop.made());
        }
        Inventory needed = inventory.kept().isEmpty() ? inventory : inventory.keepingOnly(workshop.generations());
        Snapshot snapshot = new Snapshot(
                revision,
                now,
                loaded,
                needed,
                plan,
                workshop.taken(),
                rollouts,
                fronts,
                inheritance.estate(routes),
                List.copyOf(warnings));
        return new Result(new Checked.Valid<>(snapshot), workshop.made());
    }

    /** A plugin that gives certificates; absent if there is a problem with it. */
    private Optional<ConfiguredPlugin> certificates(FilterUse use) {
        return inventory.find(use.entry().reference()).flatMap(type -> made(use, type, PluginKind.CERTIFICATES));
    }

    /** A rollout goes on as it is, if its terms are still the same; whether its versions are there does not matter. */
    private void rollouts(FilterScope scope) {
        scope.filters().stream()
                .filter(FilterConfig::enabled)
                .flatMap(entry -> RolloutTerms.of(entry).stream())
                .forEach(terms -> rollouts.computeIfAbsent(
                        terms.name(),
                        name -> before.map(snapshot -> snapshot.rollouts().get(name))
                                .filter(live -> live.terms().equals(terms))
                                .orElseGet(() -> journal.begin(terms, loops))));
    }

    private TrafficPlan plan(ChainResolver resolver, HostClasses hosts, Inheritance inheritance) {
        List<Chain> unrouted = new ArrayList<>();
        for (int hostClass = 0; hostClass < hosts.count(); hostClass++) {
            unrouted.add(chain(resolver.unrouted(hostClass)));
        }
        List<RouteTable.Entry<RouteChoice>> table = new ArrayList<>();
        Map<String, RouteGate> gates = new LinkedHashMap<>();
        for (int i = 0; i < config.routes().size(); i++) {
            RouteConfig route = config.routes().get(i);
            BuiltRoute built = route(i, resolver, hosts, inheritance);
            routes.add(built);
            table.add(built.entry());
            if (!route.limits().equals(RouteLimitsConfig.NONE)) {
                gates.put(route.name(), gate(route));
            }
        }
        Map<String, Service> services = new LinkedHashMap<>();
        Map<String, List<ChainEntry>> serviceFilters = new LinkedHashMap<>();
        for (int i = 0; i < config.services().size(); i++) {
            ServiceConfig service = config.services().get(i);
            services.put(service.name(), service(i, service));
            serviceFilters.put(service.name(), entries(resolver.ofService(service.name())));
        }
        return new TrafficPlan(
                RouteTable.of(table),
                hosts.index(),
                unrouted,
                services,
                serviceFilters,
                gates,
                config.overload(),
                config.accessLog());
    }

    private RouteGate gate(RouteConfig route) {
        return RouteGate.of(
                route.limits(), before.map(snapshot -> snapshot.plan().gates().get(route.name())));
    }

    /** A route that is taken over keeps its Plugins; one that is not may find some of them again. */
    private BuiltRoute route(int index, ChainResolver resolver, HostClasses hosts, Inheritance inheritance) {
        RouteConfig route = config.routes().get(index);
        Optional<BuiltRoute> inherited = inheritance.route(index);
        if (inherited.isPresent()) {
            workshop.keep(inherited.get().plugins());
            return inherited.get().of(route);
        }
        Set<LivePlugin> plugins = new LinkedHashSet<>();
        RouteChoice choice = RouteParts.choice(route, service -> {
            List<Chain> chains = new ArrayList<>();
            for (int hostClass = 0; hostClass < hosts.count(); hostClass++) {
                Chain chain = chain(resolver.routed(index, service, hostClass));
                chain.plugins().forEach(plugin -> plugins.add(workshop.live(plugin)));
                chains.add(chain);
            }
            return chains;
        });
        return new BuiltRoute(
                route,
                inheritance.references(index),
                new RouteTable.Entry<>(route.match(), choice),
                List.copyOf(plugins));
    }

    /** A service that nothing has changed about is the same; of one that has changed, endpoints that stay are. */
    private Service service(int index, ServiceConfig service) {
        Optional<Service> known =
                before.map(snapshot -> snapshot.plan().services().get(service.name()));
        Optional<ServiceEndpoints> endpoints = known.map(Service::endpoints);
        Optional<Discovered> discovered = discoveries.of(index, endpoints, this::discovery);
        EndpointTls secured = tls(service, "/services/" + index + "/tls", endpoints);
        return known.filter(same -> same.config().equals(service))
                .filter(same -> same.endpoints().discovery().equals(discovered))
                .filter(same -> same.endpoints().dialect().tls().equals(secured))
                .orElseGet(() -> Service.of(
                        ServiceEndpoints.of(service, loops, Timing.system(), discovered, endpoints, secured), known));
    }

    /**
     * How a service speaks TLS; something that is never used if there is a problem with it. A problem with files that were in
     * order before is none of this change's.
     */
    private EndpointTls tls(ServiceConfig service, String pointer, Optional<ServiceEndpoints> endpoints) {
        Checked<EndpointTls> read = tls.read(
                service.tls(), pointer, endpoints.map(known -> known.dialect().tls()));
        Optional<EndpointTls> kept =
                endpoints.map(known -> known.dialect().tls()).filter(known -> known.isOf(service.tls()));
        if (kept.isEmpty()) {
            problems.addAll(read.problems());
        } else {
            read.problems()
                    .forEach(problem -> warnings.add(
                            "service '" + service.name() + "': " + problem + "; what was read before stays in use"));
        }
        if (!service.tls().verify()) {
            warnings.add("service '" + service.name()
                    + "': tls.verify is false, so whoever answers in place of an endpoint is believed");
        }
        return read instanceof Checked.Valid<EndpointTls> valid ? valid.value() : kept.orElse(EndpointTls.STANDARD);
    }

    /** A plugin that finds endpoints; absent if there is a problem with it. */
    private Optional<ConfiguredPlugin> discovery(FilterUse use) {
        return inventory.find(use.entry().reference()).flatMap(type -> made(use, type, PluginKind.DISCOVERY));
    }

    private Chain chain(Map<Kind, List<FilterUse>> stages) {
        List<FilterUse> route = new ArrayList<>(stages.getOrDefault(Kind.HOST, List.of()));
        route.addAll(stages.getOrDefault(Kind.ROUTE, List.of()));
        return new Chain(
                entries(stages.getOrDefault(Kind.GATEWAY, List.of())),
                entries(route),
                entries(stages.getOrDefault(Kind.SERVICE, List.of())));
    }

    private List<ChainEntry> entries(List<FilterUse> uses) {
        List<ChainEntry> result = new ArrayList<>();
        for (FilterUse use : uses) {
            Optional<ChainEntry> entry = entries.get(use);
            if (entry == null) {
                entry = entry(use);
                entries.put(use, entry);
            }
            entry.ifPresent(result::add);
        }
        return result;
    }

    private Optional<ChainEntry> entry(FilterUse use) {
        Map<PluginReference, FilterEntry> versions = new LinkedHashMap<>();
        for (PluginReference reference : use.entry().references()) {
            entry(use, reference).ifPresent(entry -> versions.put(reference, entry));
        }
        return splits.entry(use.entry(), versions);
    }

    private Optional<FilterEntry> entry(FilterUse use, PluginReference reference) {
        Optional<PluginType> type = inventory.find(reference);
        if (type.isEmpty()) {
            return Optional.empty(); // Optional, or there would be a problem already.
        }
        return made(use, type.get(), PluginKind.FILTER)
                .map(plugin -> new FilterEntry(
                        use.entry().entryName(),
                        plugin,
                        use.entry().onFailure(),
                        use.entry().timeout(),
                        tallies(use.entry(), reference, type.get())));
    }

    private Optional<ConfiguredPlugin> made(FilterUse use, PluginType type, PluginKind kind) {
        Checked<ConfiguredPlugin> plugin = workshop.get(new PluginWorkshop.Order(
                use,
                type,
                consumers.computeIfAbsent(type, t -> ConsumerDirectory.of(t, loaded, problems)),
                loaded.hidden(),
                config.plugins().createTimeout(),
                kind));
        problems.addAll(plugin.problems());
        return plugin instanceof Checked.Valid<ConfiguredPlugin> valid ? Optional.of(valid.value()) : Optional.empty();
    }

    private Tallies tallies(FilterConfig entry, PluginReference reference, PluginType type) {
        Tally own = type.figures().tally();
        return new Tallies(entry.rolloutName()
                .map(name -> Objects.requireNonNull(rollouts.get(name), name))
                .map(live -> List.of(own, reference.equals(entry.reference()) ? live.stable() : live.target()))
                .orElse(List.of(own)));
    }
}
