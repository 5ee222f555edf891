package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * What the gateway remembers of itself.
 *
 * @param retain how many revisions are kept, with their plugins, the one in force included
 */
public record HistoryConfig(
        @Default("50") @Min(1) @Max(10_000) int retain) {}
