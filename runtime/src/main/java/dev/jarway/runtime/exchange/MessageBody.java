package dev.jarway.runtime.exchange;

import io.vertx.core.Future;

/**
 * The body of a message, piece by piece, as its reader asks for them: whoever does not ask holds up the sender. Belongs to
 * one event loop.
 */
public interface MessageBody {

    /**
     * The next piece. Asked for again only when the one before has come, and not after the last. Fails if the sender breaks
     * the body off.
     */
    Future<ExchangeChunk> next();

    /** Says that nobody will ask again. No effect once the last piece has come. */
    void discard();
}
