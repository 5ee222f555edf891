package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Optional;

/**
 * How much a service is asked for at one time, by the whole gateway.
 *
 * @param requests the most requests that are under way there or wait
 * @param connections the most connections that requests use at one time
 * @param pendingRequests the most requests that wait for one of these connections
 * @param pendingFor how long one of them waits
 */
public record ServiceLimitsConfig(
        Optional<@Min(1) @Max(1_000_000) Integer> requests,
        Optional<@Min(1) @Max(1_000_000) Integer> connections,
        @Default("1000") @Min(0) @Max(1_000_000) int pendingRequests,
        @Default("1s") @Positive Duration pendingFor) {

    /** Whether there is any limit. */
    public boolean isAny() {
        return requests.isPresent() || connections.isPresent();
    }
}
