package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Optional;

/**
 * Where plugin JARs come from, and how long they may take.
 *
 * @param directory the drop folder; if not given, the one of the command line
 * @param createTimeout the most that making one Plugin may take
 * @param closeTimeout the most that closing one Plugin may take
 * @param maxZombies how many closed plugins may stay uncollected before no further JAR is loaded
 */
public record PluginsConfig(
        Optional<String> directory,
        @Default("10s") @Positive Duration createTimeout,
        @Default("10s") @Positive Duration closeTimeout,
        @Default("10") @Min(1) int maxZombies) {}
