package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * The admin endpoint.
 *
 * @param host the address to bind
 * @param port 0 takes a free one
 * @param uploads whether plugin JARs may be sent and removed through it
 * @param readOnly whether it refuses to change the configuration
 */
public record AdminConfig(
        @Default("127.0.0.1") @NotBlank String host,
        @Default("9180") @Min(0) @Max(65_535) int port,
        @Default("false") boolean uploads,
        @Default("false") boolean readOnly) {}
