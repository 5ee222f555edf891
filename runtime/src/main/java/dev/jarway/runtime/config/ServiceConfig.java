package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/**
 * What requests are forwarded to.
 *
 * @param name unique among services
 * @param endpoints its addresses, taken in turn by weight
 * @param timeouts how long to wait for it
 * @param filters filters of every request that goes to it, after those of the route
 */
public record ServiceConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String name,

        @NotEmpty List<EndpointConfig> endpoints,
        @Default("{}") TimeoutsConfig timeouts,
        @Default("[]") List<FilterConfig> filters) {}
