package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import java.util.Optional;

/**
 * By what the requests of one caller are known, so that all of them meet the same version, or the same endpoint. Exactly one
 * of these is given. A request that does not have it is shared out at random.
 *
 * @param header a header's name
 * @param cookie a cookie's name
 * @param consumer the consumer, which a filter before this one has found
 * @param clientAddress the address of the client: that of the connection, or the one that a trusted proxy tells
 */
public record StickyConfig(
        Optional<String> header,
        Optional<String> cookie,
        @Default("false") boolean consumer,
        @Default("false") boolean clientAddress) {}
