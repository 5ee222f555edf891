package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/**
 * How many requests of a route may be under way at one time.
 *
 * @param requests the most
 * @param adaptive in place of that: as many as the route's service bears
 * @param exempt whether the gateway's own {@code overload} does not hold for it
 */
public record RouteLimitsConfig(
        Optional<@Min(1) @Max(1_000_000) Integer> requests,
        Optional<AdaptiveConfig> adaptive,
        @Default("false") boolean exempt) {
    /** None. */
    public static final RouteLimitsConfig NONE = new RouteLimitsConfig(Optional.empty(), Optional.empty(), false);
}
