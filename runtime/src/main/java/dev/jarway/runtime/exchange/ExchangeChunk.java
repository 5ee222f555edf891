package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.Chunk;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A piece of a body, passed from filter to filter; the last one carries the trailers along. */
public final class ExchangeChunk implements Chunk {
    private final boolean last;
    private final @Nullable MessageHeaders trailers;
    private final @Nullable MultiMap trailerFields;
    private Bytes bytes;

    private ExchangeChunk(Bytes bytes, boolean last, @Nullable MultiMap trailerFields) {
        this.bytes = bytes;
        this.last = last;
        this.trailerFields = trailerFields;
        this.trailers = trailerFields == null ? null : MessageHeaders.ofTrailers(trailerFields);
    }

    /** A piece that others follow. */
    public static ExchangeChunk of(Buffer buffer) {
        return new ExchangeChunk(BufferBytes.of(buffer), false, null);
    }

    /** The last piece of a body without trailers. */
    public static ExchangeChunk last(Bytes bytes) {
        return new ExchangeChunk(bytes, true, null);
    }

    /** The last piece of a body with trailers, which are changed in place. */
    public static ExchangeChunk last(Bytes bytes, MultiMap trailers) {
        return new ExchangeChunk(bytes, true, trailers.isEmpty() ? null : trailers);
    }

    /** The trailers as filters see them; null if there are none. */
    public @Nullable MessageHeaders trailers() {
        return trailers;
    }

    /** The trailers themselves, for those who send them; null if there are none. */
    public @Nullable MultiMap trailerFields() {
        return trailerFields;
    }

    @Override
    public Bytes bytes() {
        return bytes;
    }

    @Override
    public boolean last() {
        return last;
    }

    @Override
    public void replace(Bytes replacement) {
        bytes = replacement;
    }
}
