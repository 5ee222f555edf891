package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait for a service.
 *
 * @param connect until a connection is open
 * @param response from the request's last byte until the response's headers are here
 * @param idle without a byte moving either way, while a body is on its way
 * @param total for all of it, from the first try until the response's last byte is here; streams of events and WebSockets have
 *     only to begin by then
 */
public record TimeoutsConfig(
        @Default("1s") @Positive Duration connect,
        @Default("15s") @Positive Duration response,
        @Default("60s") @Positive Duration idle,
        Optional<@Positive Duration> total) {}
