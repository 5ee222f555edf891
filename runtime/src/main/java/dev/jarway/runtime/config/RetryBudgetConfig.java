package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * How many requests of a service may be tried again, so that a service that is down is not asked several times as much.
 *
 * @param share of the requests of some 10 seconds
 * @param minPerSecond so many in any case
 */
public record RetryBudgetConfig(
        @Default("20%") @Pattern(regexp = Percent.PATTERN, message = Percent.EXPECTED)
        String share,

        @Default("10") @Min(0) @Max(1_000_000) int minPerSecond) {

    /** The share, from 0 to 1. */
    public double fraction() {
        return Percent.share(share);
    }
}
