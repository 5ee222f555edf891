package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * One of several services of a route.
 *
 * @param name of the service
 * @param weight its share of the requests, relative to the others
 */
public record ServiceShareConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String name,

        @Default("1") @Min(0) @Max(1_000_000) int weight) {}
