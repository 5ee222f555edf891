package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks of entries that run several versions of a plugin: that there is something to choose from, and one way to choose. */
final class VersionChecks {
    private final Findings findings;
    private final Set<String> consumers;
    private final Map<String, Cursor> rollouts = new HashMap<>();

    VersionChecks(Findings findings, Set<String> consumers) {
        this.findings = findings;
        this.consumers = consumers;
    }

    void check(Cursor entry, Optional<String> name) {
        var pinned = entry.at("plugin")
                .text()
                .flatMap(plugin -> PluginReference.parse(plugin).version());
        Set<String> known = new LinkedHashSet<>();
        if (isThere(entry.at("versions"))) {
            versions(entry, pinned, known);
        }
        if (isThere(entry.at("rollout"))) {
            rollout(entry, pinned, known);
            name.ifPresent(entryName -> rolloutName(entry, entryName));
        }
        for (var key : List.of("sticky", "select")) {
            if (isThere(entry.at(key)) && !isThere(entry.at("versions")) && !isThere(entry.at("rollout"))) {
                findings.add(entry.at(key), ", where there is one version only", "versions or rollout beside it");
            }
        }
        new StickyChecks(findings).check(entry.at("sticky"));
        entry.at("select").elements().forEach(selection -> select(selection, known));
    }

    private void versions(Cursor entry, Optional<String> pinned, Set<String> known) {
        var versions = entry.at("versions");
        if (pinned.isPresent()) {
            findings.add(entry.at("plugin"), ", beside versions", "the plugin's id alone, or no versions");
        }
        if (!versions.node().isObject()) {
            return;
        }
        long sum = 0;
        for (var weight : versions.values()) {
            known.add(weight.key());
            version(weight, weight.key(), ", whose key is no version");
            sum += Math.max(0, weight.node().asLong(1));
        }
        if (versions.node().isEmpty()) {
            findings.add(versions, "at least one version");
        } else if (sum == 0) {
            findings.add(versions, ", of which none gets any request", "a share over 0 for one of them");
        }
    }

    private void rollout(Cursor entry, Optional<String> pinned, Set<String> known) {
        var rollout = entry.at("rollout");
        var target = rollout.at("target");
        if (isThere(entry.at("versions"))) {
            findings.add(rollout, ", beside versions", "versions or rollout");
        } else if (pinned.isEmpty()) {
            findings.add(entry.at("plugin"), ", beside a rollout", "id@version: what the rollout begins with");
        }
        pinned.ifPresent(known::add);
        target.text().ifPresent(version -> {
            known.add(version);
            version(target, version, "");
            if (pinned.filter(version::equals).isPresent()) {
                findings.add(target, ", which the rollout begins with", "another version");
            }
        });
        int before = 0;
        for (var step : rollout.at("steps").elements()) {
            if (step.node().asInt() <= before) {
                findings.add(step, ", after " + before, "a share over that of the step before");
            }
            before = step.node().asInt();
        }
    }

    /** Entries may have one rollout together, but not two of one name. */
    private void rolloutName(Cursor entry, String entryName) {
        if (entry.at("enabled").node().asBoolean(true)) {
            var named = entry.at("rollout").at("name");
            var earlier = rollouts.putIfAbsent(named.text().orElse(entryName), entry);
            if (earlier != null && !terms(earlier).equals(terms(entry))) {
                findings.add(
                        isThere(named) ? named : entry.at("rollout"),
                        ", whose name is taken by " + earlier.pointer(),
                        "a name of its own, or the same rollout");
            }
        }
    }

    private static List<JsonNode> terms(Cursor entry) {
        return List.of(
                entry.at("plugin").node(),
                entry.at("rollout").node(),
                entry.at("sticky").node(),
                entry.at("select").node());
    }

    private void select(Cursor selection, Set<String> known) {
        var match = selection.at("match");
        var headers = match.at("headers").values();
        var names = match.at("consumers").elements();
        if (match.node().isObject() && headers.isEmpty() && names.isEmpty()) {
            findings.add(match, ", which names nothing", "headers or consumers with at least one element");
        }
        for (var header : headers) {
            Syntax.token(header.key())
                    .ifPresent(expected -> findings.add(header, ", whose name is no token", expected));
            findings.hold(header, Syntax::value);
        }
        for (var consumer : names) {
            findings.hold(
                    consumer,
                    name -> consumers.contains(name)
                            ? Optional.empty()
                            : Optional.of(RouteChecks.oneOf(consumers, "consumer")));
        }
        if (!known.isEmpty()) {
            findings.hold(
                    selection.at("version"),
                    version -> known.contains(version) ? Optional.empty() : Optional.of(Wording.oneOf(known)));
        }
    }

    private void version(Cursor where, String text, String more) {
        Syntax.version(text).ifPresent(expected -> findings.add(where, more, expected));
    }

    private static boolean isThere(Cursor value) {
        return !value.node().isMissingNode();
    }
}
