package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/**
 * When another endpoint is asked the same, while the first has not answered yet. Requests without a body that change nothing
 * only.
 *
 * @param after how long the first, and each other one, has before there is another
 * @param atMost how many others are asked
 */
public record HedgeConfig(
        @Positive Duration after,
        @Default("1") @Min(1) @Max(3) int atMost) {}
