package dev.jarway.runtime.upstream;

import dev.jarway.runtime.config.TimeoutsConfig;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for an endpoint that there is a connection to.
 *
 * @param response from the request's last byte until the response's headers
 * @param idle without a byte moving either way
 */
public record UpstreamLimits(Duration response, Duration idle) {

    /** The limits of a service, with the response's limit of the exchange if it has one. */
    public static UpstreamLimits of(TimeoutsConfig service, @Nullable Duration response) {
        return new UpstreamLimits(response == null ? service.response() : response, service.idle());
    }

    /** The same for one try of several, which may have a limit of its own. */
    public UpstreamLimits perTry(Optional<Duration> most) {
        return most.filter(limit -> limit.compareTo(response) < 0)
                .map(limit -> new UpstreamLimits(limit, idle))
                .orElse(this);
    }
}
