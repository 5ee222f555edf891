package dev.jarway.runtime.exchange;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Reads a body to its end into memory, up to a limit. */
public final class BodyCollector {
    private final long limit;
    private final FailureCode tooLarge;
    private final Promise<WholeBody> done = Promise.promise();
    private final Buffer collected = Buffer.buffer();

    private BodyCollector(long limit, FailureCode tooLarge) {
        this.limit = limit;
        this.tooLarge = tooLarge;
    }

    /** The whole body; fails with that code if it has more bytes than the limit. */
    public static Future<WholeBody> collect(MessageBody body, long limit, FailureCode tooLarge) {
        BodyCollector collector = new BodyCollector(limit, tooLarge);
        new BodyPump(body, collector::take, collector.done::fail).run();
        return collector.done.future();
    }

    private boolean take(ExchangeChunk chunk) {
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
