package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests a route is for: those that fit everything given here.
 *
 * @param hosts names, {@code *.example.com} for any name below, {@code *} for any; one has to fit. None given: any host
 * @param path {@code /a/b} is that path alone, {@code /a/**} is {@code /a} and all below, {@code /a/{id}} has any one segment
 *     in that place. None given: any path. Not together with {@code pathRegex}
 * @param pathRegex a Java regular expression that has to match the whole path
 * @param methods one has to fit; none given: any method
 * @param headers a value for each name: the text itself, {@code *} for any, or {@code ~} and a regular expression
 * @param query likewise, for parameters of the query
 */
public record MatchConfig(
        @Default("[]") List<String> hosts,
        Optional<String> path,
        Optional<String> pathRegex,
        @Default("[]") List<String> methods,
        @Default("{}") Map<String, String> headers,
        @Default("{}") Map<String, String> query) {}
