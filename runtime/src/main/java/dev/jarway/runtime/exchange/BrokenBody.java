package dev.jarway.runtime.exchange;

import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Future;

/**
 * A body that is known to be broken off before anybody has asked for it.
 *
 * @param why it is
 */
public record BrokenBody(GatewayFailure why) implements MessageBody {

    @Override
    public Future<ExchangeChunk> next() {
        return Future.failedFuture(why);
    }

    @Override
    public void discard() {}
}
