package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The checks of routes: that each can match something, and leads somewhere. */
final class RouteChecks {
    private final Cursor root;
    private final Findings findings;

    RouteChecks(Cursor root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    void run() {
        var services = names(root.at("services"));
        var aims = new RouteAimChecks(findings, services);
        Map<List<Object>, Cursor> matches = new HashMap<>();
        for (var route : root.at("routes").elements()) {
            aims.check(route);
            match(route.at("match"));
            limits(route.at("limits"));
            var earlier = matches.putIfAbsent(meaning(route.at("match")), route);
            if (earlier != null) {
                var where = route.at("match").node().isMissingNode() ? route : route.at("match");
                findings.add(where, " that is the same as that of " + earlier.pointer(), "a match of its own");
            }
        }
    }

    /** The names that the elements of a list have. */
    static Set<String> names(Cursor list) {
        return list.elements().stream()
                .map(element -> element.at("name").text())
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static String oneOf(Set<String> known, String noun) {
        return known.isEmpty() ? "a " + noun + ", and there is none" : Wording.oneOf(known);
    }

    private void limits(Cursor limits) {
        var adaptive = limits.at("adaptive");
        if (!adaptive.node().isMissingNode() && !limits.at("requests").node().isMissingNode()) {
            findings.add(adaptive, ", beside requests", "one of the two");
        }
        int min = adaptive.at("min").node().asInt(Integer.parseInt(AdaptiveConfig.MIN));
        int max = adaptive.at("max").node().asInt(Integer.parseInt(AdaptiveConfig.MAX));
        if (min > max) {
            findings.add(adaptive, ", min " + min + " and max " + max, "min at most as large as max");
        }
    }

    private void match(Cursor match) {
        match.at("hosts").elements().forEach(host -> findings.hold(host, Syntax::hostOrAny));
        match.at("methods").elements().forEach(method -> findings.hold(method, Syntax::method));
        findings.hold(match.at("path"), PathSyntax::check);
        findings.hold(match.at("pathRegex"), Syntax::regex);
        for (var header : match.at("headers").values()) {
            Syntax.token(header.key())
                    .ifPresent(expected -> findings.add(header, ", whose name is no token", expected));
            findings.hold(header, Syntax::value);
        }
        match.at("query").values().forEach(value -> findings.hold(value, Syntax::value));
        if (match.at("path").text().isPresent() && match.at("pathRegex").text().isPresent()) {
            findings.add(match.at("pathRegex"), " beside path", "path or pathRegex");
        }
    }

    /** Equal for two matches that fit the same requests. */
    private static List<Object> meaning(Cursor match) {
        var hosts = new TreeSet<String>();
        match.at("hosts")
                .elements()
                .forEach(host -> hosts.add(host.node().asText().toLowerCase(Locale.ROOT)));
        if (hosts.contains("*")) {
            hosts.clear();
        }
        var methods = new TreeSet<String>();
        match.at("methods")
                .elements()
                .forEach(method -> methods.add(method.node().asText()));
        var headers = new TreeMap<String, JsonNode>();
        match.at("headers").values().forEach(value -> headers.put(value.key().toLowerCase(Locale.ROOT), value.node()));
        var query = new TreeMap<String, JsonNode>();
        match.at("query").values().forEach(value -> query.put(value.key(), value.node()));
        var pathRegex = match.at("pathRegex").text().map(regex -> "~" + regex);
        var path = match.at("path").text().orElse("/**").replaceAll("\\{[^/{}]*}", "{}");
        return List.of(hosts, methods, pathRegex.orElse(path), headers, query);
    }
}
