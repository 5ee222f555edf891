package dev.jarway.runtime.exchange;

import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The way of a body's pieces to their taker, one after the other: a loop as long as pieces are here already, so that the
 * stack does not grow with their number.
 */
public final class BodyPump {
    private final MessageBody body;
    private final Predicate<ExchangeChunk> taker;
    private final Consumer<Throwable> broken;

    /**
     * A pump that does not run yet.
     *
     * @param taker is given each piece, and says whether to go on at once
     * @param broken is told why, if the body breaks off
     */
    public BodyPump(MessageBody body, Predicate<ExchangeChunk> taker, Consumer<Throwable> broken) {
        this.body = body;
        this.taker = taker;
        this.broken = broken;
    }

    /** Goes on, until the taker wants no more for now, or the body breaks off. */
    public void run() {
        boolean more = true;
        while (more) {
            Future<ExchangeChunk> next = body.next();
            if (!next.isComplete()) {
                next.onComplete(
                        chunk -> {
                            if (taker.test(chunk)) {
                                run();
                            }
                        },
                        broken::accept);
                return;
            }
            if (next.failed()) {
                broken.accept(next.cause());
                return;
            }
            more = taker.test(next.result());
        }
    }
}
