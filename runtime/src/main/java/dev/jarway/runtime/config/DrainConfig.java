package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/**
 * How a stopping gateway lets go of its requests.
 *
 * @param deadline how long requests may go on after the signal to stop
 */
public record DrainConfig(@Default("30s") @Positive Duration deadline) {}
