package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * A limit that the gateway finds by itself, from how long requests take.
 *
 * @param min it is never less
 * @param max it is never more
 */
public record AdaptiveConfig(
        @Default(AdaptiveConfig.MIN) @Min(1) @Max(1_000_000) int min,
        @Default(AdaptiveConfig.MAX) @Min(1) @Max(1_000_000) int max) {
    static final String MIN = "10";
    static final String MAX = "1000";
}
