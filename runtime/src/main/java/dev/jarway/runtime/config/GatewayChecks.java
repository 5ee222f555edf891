package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is checked about a configuration beyond its schema: that its parts fit together. */
final class GatewayChecks {
    private final Cursor root;
    private final Findings findings;

    private GatewayChecks(Cursor root, Findings findings) {
        this.root = root;
        this.findings = findings;
    }

    /** What does not fit, as far as the tree lets it be seen. */
    static List<Problem> find(JsonNode tree, HiddenValues hidden) {
        var root = Cursor.root(tree);
        var findings = new Findings(hidden);
        var checks = new GatewayChecks(root, findings);
        List.of("listeners", "services", "routes", "consumers").forEach(checks::uniqueNames);
        checks.hosts();
        new AddressChecks(root, findings).run();
        new ListenerChecks(root, findings).run();
        new ServiceChecks(root, findings).run();
        new RouteChecks(root, findings).run();
        new FilterChecks(root, findings).run();
        return findings.problems();
    }

    private void uniqueNames(String key) {
        unique(
                root.at(key).elements().stream()
                        .map(element -> element.at("name"))
                        .toList(),
                UnaryOperator.identity());
    }

    private void hosts() {
        var names = root.at("hosts").elements().stream()
                .map(host -> host.at("name"))
                .toList();
        names.forEach(name -> findings.hold(name, Syntax::host));
        unique(names, name -> name.toLowerCase(Locale.ROOT));
    }

    private void unique(List<Cursor> names, UnaryOperator<String> meaning) {
        Map<String, Cursor> first = new HashMap<>();
        for (var name : names) {
            name.text()
                    .flatMap(text -> Optional.ofNullable(first.putIfAbsent(meaning.apply(text), name)))
                    .ifPresent(earlier -> findings.add(name, ", as at " + earlier.pointer(), "a name of its own"));
        }
    }
}
