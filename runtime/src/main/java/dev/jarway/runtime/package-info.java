/**
 * The gateway as a whole. The packages below stand in layers, each using only those before it: failure, config, exchange,
 * observability, routing, host, filter, upstream, proxy, watch, snapshot, listener, upgrade, admin, cli; {@link
 * dev.jarway.runtime.Gateway} knows them all.
 */
@NullMarked
package dev.jarway.runtime;

import org.jspecify.annotations.NullMarked;
