package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/**
 * Which requests go to which service.
 *
 * @param name unique among routes
 * @param match which requests; all of them if not given
 * @param service the name of a service
 * @param filters filters of the requests that match, in the order in which they run
 */
public record RouteConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String name,

        @Default("{}") MatchConfig match,

        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String service,

        @Default("[]") List<FilterConfig> filters) {}
