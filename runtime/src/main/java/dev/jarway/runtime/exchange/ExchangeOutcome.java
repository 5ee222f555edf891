package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Outcome;
import java.time.Duration;
import java.util.Optional;

/** How an exchange ended, in figures. */
public record ExchangeOutcome(
        int status,
        long requestBytes,
        long responseBytes,
        Duration duration,
        Optional<Duration> serviceDuration,
        boolean completed,
        Optional<String> failure)
        implements Outcome {}
