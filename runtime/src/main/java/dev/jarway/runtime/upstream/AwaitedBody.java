package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import io.vertx.core.Future;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A request's body on its way to an endpoint, which tells for how long the gateway has waited for its pieces: for the client, and
 * for filters. Belongs to one event loop.
 */
final class AwaitedBody implements MessageBody {
    private final MessageBody body;
    private final LongSupplier nanoTime;
    private final LongConsumer waited;
    private boolean waiting;
    private long since;

    /**
     * A body that nobody has read from.
     *
     * @param waited is told of each time once it is over, in nanoseconds
     */
    AwaitedBody(MessageBody body, LongSupplier nanoTime, LongConsumer waited) {
        this.body = body;
        this.nanoTime = nanoTime;
        this.waited = waited;
    }

    @Override
    public Future<ExchangeChunk> next() {
        Future<ExchangeChunk> next = body.next();
        if (next.isComplete()) {
            return next;
        }
        waiting = true;
        since = nanoTime.getAsLong();
        return next.onComplete(come -> stop());
    }

    /** The endpoint has only now said that it wants the body: until then, it was the endpoint that was waited for. */
    void wanted() {
        since = nanoTime.getAsLong();
    }

    /** What is being waited for is here, or nobody waits for it any more. */
    void stop() {
        if (waiting) {
            waiting = false;
            waited.accept(nanoTime.getAsLong() - since);
        }
    }

    @Override
    public void discard() {
        body.discard();
    }
}
