package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/**
 * How the gateway lets go of requests that began on what has been replaced, or that are under way when it stops.
 *
 * @param deadline how long they may go on
 */
public record DrainConfig(@Default("30s") @Positive Duration deadline) {}
