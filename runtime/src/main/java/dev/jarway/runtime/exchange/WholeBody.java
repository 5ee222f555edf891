package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Bytes;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** A body that is all here: one piece, the last. */
public final class WholeBody implements MessageBody {
    private static final WholeBody EMPTY = new WholeBody(Bytes.empty(), null);

    private final Bytes bytes;
    private final @Nullable MultiMap trailers;

    private WholeBody(Bytes bytes, @Nullable MultiMap trailers) {
        this.bytes = bytes;
        this.trailers = trailers;
    }

    /** No body. */
    public static WholeBody empty() {
        return EMPTY;
    }

    /** A body without trailers. */
    public static WholeBody of(Bytes bytes) {
        return new WholeBody(bytes, null);
    }

    /** A body with trailers, if there are any. */
    public static WholeBody of(Bytes bytes, @Nullable MultiMap trailers) {
        return new WholeBody(bytes, trailers);
    }

    /** The bytes. */
    public Bytes bytes() {
        return bytes;
    }

    /** The trailers as filters see them; empty if there are none. */
    public MessageHeaders trailers() {
        return MessageHeaders.ofTrailers(trailers == null ? MultiMap.caseInsensitiveMultiMap() : trailers);
    }

    /** The trailers themselves; null if there are none. */
    public @Nullable MultiMap trailerFields() {
        return trailers;
    }

    @Override
    public Future<ExchangeChunk> next() {
        return Future.succeededFuture(
                trailers == null ? ExchangeChunk.last(bytes) : ExchangeChunk.last(bytes, trailers));
    }

    @Override
    public void discard() {}
}
