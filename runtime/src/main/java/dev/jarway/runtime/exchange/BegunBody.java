package dev.jarway.runtime.exchange;

import io.vertx.core.Future;

/** A body whose first piece somebody has asked for who has left it to others to take. */
public final class BegunBody implements MessageBody {
    private final MessageBody body;
    private final Future<ExchangeChunk> first;
    private boolean taken;

    private BegunBody(MessageBody body, Future<ExchangeChunk> first) {
        this.body = body;
        this.first = first;
    }

    /** Asks for the first piece. */
    public static BegunBody of(MessageBody body) {
        return new BegunBody(body, body.next());
    }

    /** Whether the first piece has come, be it taken or not. */
    public boolean hasCome() {
        return first.isComplete();
    }

    @Override
    public Future<ExchangeChunk> next() {
        if (taken) {
            return body.next();
        }
        taken = true;
        return first;
    }

    @Override
    public void discard() {
        body.discard();
    }
}
