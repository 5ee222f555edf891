package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.ExchangeId;
import dev.jarway.runtime.filter.LoopScope;
import dev.jarway.runtime.overload.Overload;
import dev.jarway.runtime.upstream.UpstreamClient;

/**
 * What one event loop has to itself for forwarding requests. It outlives snapshots.
 *
 * @param index counts the event loops from 0
 * @param scope for calling plugins
 * @param client for calling services
 * @param overload whether another request is taken on; common to all event loops
 * @param ids names its exchanges
 * @param turns has requests begin
 * @param underWay its exchanges
 */
public record ProxyLoop(
        int index,
        LoopScope scope,
        UpstreamClient client,
        Overload overload,
        ExchangeId ids,
        StartTurns turns,
        UnderWay underWay) {}
