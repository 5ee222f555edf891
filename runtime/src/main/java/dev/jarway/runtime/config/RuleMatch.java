package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import java.util.List;

/**
 * Which requests a rule is for. A request matches if each list that is given has an element that fits; at least one is given.
 *
 * @param hosts names, {@code *.example.com} for any name below, or {@code *}
 * @param routes names of routes; a final {@code *} stands for any rest
 * @param services names of services
 */
public record RuleMatch(
        @Default("[]") List<String> hosts,
        @Default("[]") List<String> routes,
        @Default("[]") List<String> services) {}
