package dev.jarway.runtime.exchange;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads a body to its end into memory, up to a limit. */
public final class BodyCollector {
    private final MessageBody body;
    private final long limit;
    private final FailureCode tooLarge;
    private final Promise<WholeBody> done = Promise.promise();
    private final Buffer collected = Buffer.buffer();

    private BodyCollector(MessageBody body, long limit, FailureCode tooLarge) {
        this.body = body;
        this.limit = limit;
        this.tooLarge = tooLarge;
    }

    /** The whole body; fails with that code if it has more bytes than the limit. */
    public static Future<WholeBody> collect(MessageBody body, long limit, FailureCode tooLarge) {
        BodyCollector collector = new BodyCollector(body, limit, tooLarge);
        collector.read();
        return collector.done.future();
    }

    /** A loop rather than a recursion: as long as pieces are here already, the stack does not grow. */
    private void read() {
        boolean more = true;
        while (more) {
            Future<ExchangeChunk> next = body.next();
            if (!next.isComplete()) {
                next.onComplete(piece -> {
                    if (take(piece.succeeded() ? piece.result() : null, piece.cause())) {
                        read();
                    }
                });
                return;
            }
            more = take(next.succeeded() ? next.result() : null, next.cause());
        }
    }

    private boolean take(@Nullable ExchangeChunk chunk, @Nullable Throwable failure) {
        if (chunk == null) {
            done.fail(failure);
            return false;
        }
        if (collected.length() + (long) chunk.bytes().length() > limit) {
            done.fail(GatewayFailure.of(tooLarge, "more than " + limit + " bytes"));
            return false;
        }
        collected.appendBuffer(BufferBytes.toBuffer(chunk.bytes()));
        if (!chunk.last()) {
            return true;
        }
        MultiMap trailers = chunk.trailerFields();
        done.complete(WholeBody.of(BufferBytes.of(collected), trailers));
        return false;
    }
}
