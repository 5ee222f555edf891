package dev.jarway.runtime.config;

import java.util.Optional;

/**
 * How requests change on their way to the service. Filters and the access log see them as they came.
 *
 * @param path the path in place of the request's: {@code {name}} is the segment of that name in {@code match.path}, a final
 *     {@code /**} what the one in {@code match.path} stands for. Not together with {@code prefix}
 * @param prefix what takes the place of all that is in front of the final {@code /**} of {@code match.path}
 * @param host the host, perhaps with a port
 */
public record RewriteConfig(Optional<String> path, Optional<String> prefix, Optional<String> host) {}
