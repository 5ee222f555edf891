package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Optional;

/**
 * When the gateway takes no further requests, because it has too much to do or too little to do it with.
 *
 * @param requests the most that are under way at one time, on all listeners together
 * @param heap how much of the heap may be in use after a collection, in percent; 100 for all
 * @param descriptors how many of the process's file descriptors may be open, in percent; 100 for all
 * @param retryAfter when those who are refused are told to come back
 */
public record OverloadConfig(
        Optional<@Min(1) @Max(10_000_000) Integer> requests,
        @Default("95") @Min(50) @Max(100) int heap,
        @Default("95") @Min(50) @Max(100) int descriptors,
        @Default("1s") @Positive Duration retryAfter) {
    /** What holds where nothing is configured. */
    public static final OverloadConfig STANDARD = new OverloadConfig(Optional.empty(), 95, 95, Duration.ofSeconds(1));
}
