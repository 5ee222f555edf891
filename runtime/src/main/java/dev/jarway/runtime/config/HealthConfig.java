package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/**
 * How it is found out whether an endpoint can be used.
 *
 * @param active by asking it
 * @param passive by what becomes of requests
 * @param panicBelow if of no group as large a share as this can be used, all endpoints are, whatever is known of them
 */
public record HealthConfig(
        Optional<ActiveHealthConfig> active,
        Optional<PassiveHealthConfig> passive,

        @Default("0%") @Pattern(regexp = Percent.PATTERN, message = Percent.EXPECTED)
        String panicBelow) {

    /** Whether so many are less than the share, of a group of that many. */
    public boolean isPanic(long usable, int all) {
        return usable * 100 < (long) Percent.of(panicBelow) * all;
    }
}
