package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.BufferBytes;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.WholeBody;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A body of which a copy is taken as it is read, if it is small. Belongs to one event loop. */
final class CopiedBody implements MessageBody {
    /** Of larger ones there is no copy. */
    static final int MOST_BYTES = 64 * 1024;

    private final MessageBody body;
    private final Consumer<WholeBody> whole;

    /** What has been read; null once it is too much. */
    private @Nullable Buffer copy = Buffer.buffer();

    /**
     * A body that nobody has read from.
     *
     * @param whole is given the copy when the last piece has come
     */
    CopiedBody(MessageBody body, Consumer<WholeBody> whole) {
        this.body = body;
        this.whole = whole;
    }

    @Override
    public Future<ExchangeChunk> next() {
        Future<ExchangeChunk> next = body.next();
        if (next.succeeded()) {
            take(next.result());
            return next;
        }
        return next.isComplete() ? next : next.onSuccess(this::take);
    }

    private void take(ExchangeChunk chunk) {
        if (copy == null) {
            return;
        }
        if (copy.length() + (long) chunk.bytes().length() > MOST_BYTES) {
            copy = null;
            return;
        }
        copy.appendBuffer(BufferBytes.toBuffer(chunk.bytes()));
        if (chunk.last()) {
            WholeBody all = WholeBody.of(BufferBytes.of(copy), chunk.trailerFields());
            copy = null;
            whole.accept(all);
        }
    }

    @Override
    public void discard() {
        body.discard();
    }
}
