package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import java.util.Optional;

/**
 * Where clients are sent instead of to a service.
 *
 * @param status 301, 302, 303, 307 or 308
 * @param location the whole place, as it stands. Not together with the others
 * @param scheme {@code http} or {@code https} in place of the request's
 * @param host in place of the request's, perhaps with a port
 * @param path in place of the request's, as that of a rewrite
 */
public record RedirectConfig(
        @Default("302") int status,
        Optional<String> location,
        Optional<String> scheme,
        Optional<String> host,
        Optional<String> path) {}
