package dev.jarway.runtime.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks of the lists of filters, of all scopes. */
final class FilterChecks {
    private final Findings findings;
    private final Cursor root;
    private final Set<String> routes;
    private final Set<String> services;
    private final VersionChecks versions;

    FilterChecks(Cursor root, Findings findings) {
        this.root = root;
        this.findings = findings;
        this.routes = RouteChecks.names(root.at("routes"));
        this.services = RouteChecks.names(root.at("services"));
        this.versions = new VersionChecks(findings, RouteChecks.names(root.at("consumers")));
    }

    /** Goes from the widest scope to the narrowest, each knowing the entries that it may take out. */
    void run() {
        var gateway = list(root.at("filters"), Optional.empty());
        var wide = new HashSet<>(gateway);
        for (var host : root.at("hosts").elements()) {
            wide.addAll(list(host.at("filters"), Optional.of(gateway)));
        }
        Map<String, Set<String>> ofServices = new HashMap<>();
        for (var service : root.at("services").elements()) {
            var names = list(service.at("filters"), Optional.of(wide));
            service.at("name").text().ifPresent(name -> ofServices.put(name, names));
        }
        for (var route : root.at("routes").elements()) {
            var wider = new HashSet<>(wide);
            route.at("service").text().map(ofServices::get).ifPresent(wider::addAll);
            for (var service : route.at("services").elements()) {
                service.at("name").text().map(ofServices::get).ifPresent(wider::addAll);
            }
            list(route.at("filters"), Optional.of(wider));
        }
    }

    /** Checks one list, and gives the names of its entries. */
    private Set<String> list(Cursor list, Optional<Set<String>> wider) {
        Map<String, Cursor> names = new HashMap<>();
        for (var entry : list.elements()) {
            entry(entry);
            var name = entryName(entry);
            if (name.isEmpty()) {
                continue;
            }
            var where = entry.at(entry.at("name").text().isPresent() ? "name" : "plugin");
            var earlier = names.putIfAbsent(name.get(), entry);
            if (earlier != null) {
                findings.add(where, ", as at " + earlier.pointer(), "a name of its own in this list");
            } else if (wider.isPresent() && takesOut(entry) && !wider.get().contains(name.get())) {
                var more = " takes out '" + name.get() + "', which no wider scope has"
                        + Suggestion.of(name.get(), wider.get());
                findings.add(entry.at("enabled"), more, "the name of an entry of a wider scope");
            }
        }
        return names.keySet();
    }

    /** Whether the entry is there only to take another one out; one that has a configuration is just switched off. */
    private static boolean takesOut(Cursor entry) {
        var enabled = entry.at("enabled").node();
        return enabled.isBoolean()
                && !enabled.booleanValue()
                && entry.at("config").node().isMissingNode()
                && entry.at("rules").elements().isEmpty();
    }

    private static Optional<String> entryName(Cursor entry) {
        return entry.at("name")
                .text()
                .or(() -> entry.at("plugin")
                        .text()
                        .map(plugin -> PluginReference.parse(plugin).id()));
    }

    private void entry(Cursor entry) {
        entry.at("plugin")
                .text()
                .flatMap(plugin -> PluginReference.parse(plugin).version())
                .flatMap(Syntax::version)
                .ifPresent(expected -> findings.add(entry.at("plugin"), "id@version, with " + expected));
        entry.at("rules").elements().forEach(rule -> rule(rule.at("match")));
        versions.check(entry, entryName(entry));
    }

    private void rule(Cursor match) {
        var hosts = match.at("hosts").elements();
        var named = match.at("routes").elements();
        var services = match.at("services").elements();
        if (match.node().isObject() && hosts.isEmpty() && named.isEmpty() && services.isEmpty()) {
            findings.add(match, ", which names nothing", "hosts, routes or services with at least one element");
        }
        hosts.forEach(host -> findings.hold(host, Syntax::hostOrAny));
        named.forEach(route -> findings.hold(route, this::route));
        services.forEach(service -> findings.hold(service, name -> known(name, this.services, "service")));
    }

    private Optional<String> route(String pattern) {
        if (!pattern.endsWith("*")) {
            return known(pattern, routes, "route");
        }
        var prefix = pattern.substring(0, pattern.length() - 1);
        return routes.stream().anyMatch(name -> name.startsWith(prefix))
                ? Optional.empty()
                : Optional.of("the beginning of the name of a route");
    }

    private static Optional<String> known(String name, Set<String> known, String noun) {
        return known.contains(name) ? Optional.empty() : Optional.of(RouteChecks.oneOf(known, noun));
    }
}
