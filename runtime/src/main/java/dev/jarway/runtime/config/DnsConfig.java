package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/**
 * How the names of endpoints become addresses.
 *
 * @param interval how often a name is looked up again
 */
public record DnsConfig(@Default("30s") @Positive Duration interval) {}
