package dev.jarway.runtime.snapshot;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.GatewayConfig;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.PluginReference;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.RouteConfig;
import dev.jarway.runtime.config.ServiceConfig;
import dev.jarway.runtime.filter.ChainEntry;
import dev.jarway.runtime.filter.ConfiguredPlugin;
import dev.jarway.runtime.filter.FilterEntry;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.observability.Tallies;
import dev.jarway.runtime.observability.Tally;
import dev.jarway.runtime.proxy.Chain;
import dev.jarway.runtime.proxy.Route;
import dev.jarway.runtime.proxy.TrafficPlan;
import dev.jarway.runtime.rollout.LiveRollout;
import dev.jarway.runtime.rollout.RolloutJournal;
import dev.jarway.runtime.rollout.RolloutTerms;
import dev.jarway.runtime.routing.RouteTable;
import dev.jarway.runtime.snapshot.FilterScope.Kind;
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
    private final Splits splits = new Splits(rollouts);
    private final RolloutJournal journal;

    /** What every build of a gateway needs. */
    record Tools(Boundary boundary, HostServices services, int loops, RolloutJournal rollouts) {}

    SnapshotBuilder(LoadedConfig loaded, Inventory inventory, Optional<Snapshot> before, Tools tools) {
        this.loaded = loaded;
        this.config = loaded.config();
        this.inventory = inventory;
        this.before = before;
        this.loops = tools.loops();
        this.journal = tools.rollouts();
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
        resolver.scopes().forEach(this::check);
        if (!problems.isEmpty()) {
            return new Result(new Checked.Invalid<>(List.copyOf(new LinkedHashSet<>(problems))), workshop.made());
        }
        resolver.scopes().forEach(this::rollouts);
        TrafficPlan plan = plan(resolver, hosts);
        if (!problems.isEmpty()) {
            return new Result(new Checked.Invalid<>(List.copyOf(new LinkedHashSet<>(problems))), workshop.made());
        }
        Snapshot snapshot =
                new Snapshot(revision, now, loaded, inventory, plan, workshop.taken(), rollouts, List.copyOf(warnings));
        return new Result(new Checked.Valid<>(snapshot), workshop.made());
    }

    /** Looks at every entry, in use or not: its plugin is there, and its configurations fit that plugin's schema. */
    private void check(FilterScope scope) {
        for (int i = 0; i < scope.filters().size(); i++) {
            FilterConfig entry = scope.filters().get(i);
            String pointer = scope.pointer() + "/" + i;
            if (entry.enabled()) {
                entry.references()
                        .forEach(reference -> inventory
                                .find(reference)
                                .ifPresentOrElse(
                                        type -> check(entry, type, pointer), () -> absent(entry, reference, pointer)));
            }
        }
    }

    private void check(FilterConfig entry, PluginType type, String pointer) {
        boolean alone = entry.rules().isEmpty() || entry.config().isPresent();
        if (alone) {
            var tree = entry.config().orElseGet(ChainResolver::empty);
            problems.addAll(type.config().check(tree, pointer + "/config", loaded.hidden()));
        }
        for (int i = 0; i < entry.rules().size(); i++) {
            String at = pointer + "/rules/" + i + "/config";
            entry.rules()
                    .get(i)
                    .config()
                    .ifPresent(tree -> problems.addAll(type.config().check(tree, at, loaded.hidden())));
        }
    }

    private void absent(FilterConfig entry, PluginReference reference, String pointer) {
        if (entry.optional()) {
            String consequence = entry.references().size() > 1 ? " goes without it" : " is skipped";
            warnings.add("plugin '" + reference + "' is absent; the optional entry " + pointer + consequence);
            return;
        }
        List<String> there = inventory.all().stream()
                .map(PluginType::name)
                .distinct()
                .sorted()
                .toList();
        problems.add(new Problem(
                pointer + Splits.where(entry, reference),
                "no plugin '" + reference + "' is present",
                there.isEmpty()
                        ? "its JAR in the drop folder, or optional: true"
                        : "one of " + String.join(", ", there)));
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

    private TrafficPlan plan(ChainResolver resolver, HostClasses hosts) {
        List<Chain> unrouted = new ArrayList<>();
        for (int hostClass = 0; hostClass < hosts.count(); hostClass++) {
            unrouted.add(chain(resolver.unrouted(hostClass)));
        }
        List<RouteTable.Entry<Route>> routes = new ArrayList<>();
        for (int i = 0; i < config.routes().size(); i++) {
            routes.add(route(i, resolver, hosts));
        }
        Map<String, Service> services = new LinkedHashMap<>();
        Map<String, List<ChainEntry>> serviceFilters = new LinkedHashMap<>();
        for (ServiceConfig service : config.services()) {
            services.put(service.name(), service(service));
            serviceFilters.put(service.name(), entries(resolver.ofService(service.name())));
        }
        return new TrafficPlan(
                RouteTable.of(routes), hosts.index(), unrouted, services, serviceFilters, config.accessLog());
    }

    private RouteTable.Entry<Route> route(int index, ChainResolver resolver, HostClasses hosts) {
        RouteConfig route = config.routes().get(index);
        List<Chain> chains = new ArrayList<>();
        for (int hostClass = 0; hostClass < hosts.count(); hostClass++) {
            chains.add(chain(resolver.routed(index, hostClass)));
        }
        return new RouteTable.Entry<>(route.match(), new Route(route.name(), route.service(), chains));
    }

    /** A service whose configuration has not changed keeps its turns. */
    private Service service(ServiceConfig service) {
        return before.map(snapshot -> snapshot.plan().services().get(service.name()))
                .filter(same -> same.config().equals(service))
                .orElseGet(() -> Service.of(service, loops));
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
        Checked<ConfiguredPlugin> plugin = workshop.get(new PluginWorkshop.Order(
                use,
                type.get(),
                consumers.computeIfAbsent(type.get(), t -> ConsumerDirectory.of(t, loaded, problems)),
                loaded.hidden(),
                config.plugins().createTimeout()));
        problems.addAll(plugin.problems());
        return plugin instanceof Checked.Valid<ConfiguredPlugin> valid
                ? Optional.of(new FilterEntry(
                        use.entry().entryName(),
                        valid.value(),
                        use.entry().onFailure(),
                        use.entry().timeout(),
                        tallies(use.entry(), reference, type.get())))
                : Optional.empty();
    }

    private Tallies tallies(FilterConfig entry, PluginReference reference, PluginType type) {
        Tally own = type.figures().tally();
        return new Tallies(entry.rolloutName()
                .map(name -> Objects.requireNonNull(rollouts.get(name), name))
                .map(live -> List.of(own, reference.equals(entry.reference()) ? live.stable() : live.target()))
                .orElse(List.of(own)));
    }
}
