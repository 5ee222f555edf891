package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.util.List;

/**
 * An address where clients connect.
 *
 * @param name unique among listeners
 * @param host the address to bind: {@code 0.0.0.0} for all, {@code 127.0.0.1} for this machine alone
 * @param port 0 takes a free one
 * @param protocols what clients may speak there
 */
public record ListenerConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String name,

        @Default("0.0.0.0") @NotBlank String host,
        @Min(0) @Max(65_535) int port,
        @Default("[\"h1\"]") @NotEmpty List<ListenerProtocol> protocols) {
    public ListenerConfig {
        protocols = List.copyOf(protocols);
    }
}
