package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import java.util.List;
import java.util.Map;

/**
 * Which requests a version is for. A request matches if it fits everything that is given; at least one is given.
 *
 * @param headers a value for each name: the text itself, {@code *} for any, or {@code ~} and a regular expression
 * @param consumers names of consumers; one has to fit
 */
public record SelectMatch(
        @Default("{}") Map<String, String> headers,
        @Default("[]") List<String> consumers) {}
