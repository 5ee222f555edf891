package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * One address of a service.
 *
 * @param url scheme, host and port, as in {@code http://10.0.0.7:8080}
 * @param weight its share of the requests, relative to the other endpoints
 * @param priority the group that it is in; a group is used as far as those of lower numbers cannot bear the requests
 */
public record EndpointConfig(
        @Pattern(
                regexp = "^https?://[^/?#@\\s]+/?$",
                message = "http:// or https://, a host and a port, without a path")
        String url,

        @Default("1") @Min(1) @Max(65_535) int weight,
        @Default("0") @Min(0) @Max(100) int priority) {}
