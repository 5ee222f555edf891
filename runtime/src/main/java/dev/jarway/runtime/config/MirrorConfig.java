package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Pattern;

/**
 * Where copies of requests go, whose answers nobody waits for.
 *
 * @param service the name of a service
 * @param share of the requests
 */
public record MirrorConfig(
        @Pattern(regexp = Names.PATTERN, message = Names.EXPECTED)
        String service,

        @Default("100%") @Pattern(regexp = Percent.PATTERN, message = Percent.EXPECTED)
        String share) {

    /** The share, from 0 to 1. */
    public double fraction() {
        return Percent.share(share);
    }
}
