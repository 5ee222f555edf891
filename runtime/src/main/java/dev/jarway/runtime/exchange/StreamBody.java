package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Bytes;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A body on its way from a connection, which is read only as far as it is asked for. */
public final class StreamBody implements MessageBody {
    private final ReadStream<Buffer> stream;
    private final Source source;
    private @Nullable Promise<ExchangeChunk> asked;
    private @Nullable Throwable failure;
    private @Nullable Buffer unread;
    private boolean begun;
    private boolean ended;
    private long bytes;

    /** What a body's sender does besides sending. */
    public interface Source {

        /** Called before the first piece is asked for. */
        default void begin() {}

        /** How many bytes there are, where it is certain that nothing else comes after them; -1 if it is not. */
        default long length() {
            return -1;
        }

        /** Called with the count of bytes so far, for each piece; what it throws breaks the body off. */
        default void received(long bytes) {}

        /** The trailers, once the body has ended; what it throws breaks the body off. */
        default MultiMap trailers() {
            return MultiMap.caseInsensitiveMultiMap();
        }

        /** Makes the sender stop. */
        void cancel();

        /** What a failure of the stream means. */
        Throwable explain(Throwable failure);
    }

    /** A body from a stream that is paused. */
    public StreamBody(ReadStream<Buffer> stream, Source source) {
        this.stream = stream;
        this.source = source;
        stream.handler(this::piece);
        stream.endHandler(end -> end());
        stream.exceptionHandler(this::fail);
    }

    /** Gives a piece back that was read before this took over: it comes first. */
    public void unread(Buffer piece) {
        unread = piece;
    }

    /** Whether the last byte has come. */
    public boolean ended() {
        return ended;
    }

    /** Whether a piece has been asked for that has not come yet. */
    public boolean isAsked() {
        return asked != null;
    }

    /** How many bytes have come. */
    public long bytes() {
        return bytes;
    }

    @Override
    public Future<ExchangeChunk> next() {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (!begun) {
            begun = true;
            source.begin();
        }
        Promise<ExchangeChunk> promise = Promise.promise();
        asked = promise;
        Buffer before = unread;
        unread = null;
        if (before != null) {
            piece(before);
        } else if (ended) {
            last(Bytes.empty());
        } else {
            stream.fetch(1);
        }
        return promise.future();
    }

    @Override
    public void discard() {
        if (!ended && failure == null) {
            source.cancel();
        }
    }

    /** Breaks the body off: whoever asks is told why. Called too by the owner of the connection when that closes. */
    public void fail(Throwable cause) {
        if (!ended && failure == null) {
            breakOff(cause);
        }
    }

    private void breakOff(Throwable cause) {
        failure = source.explain(cause);
        Promise<ExchangeChunk> waiting = asked;
        asked = null;
        if (waiting != null) {
            waiting.fail(failure);
        }
    }

    private void piece(Buffer buffer) {
        if (asked == null) {
            unread = unread == null ? buffer : unread.copy().appendBuffer(buffer); // It came before anybody asked.
            return;
        }
        bytes += buffer.length();
        try {
            source.received(bytes);
        } catch (RuntimeException e) {
            fail(e);
            return;
        }
        if (bytes == source.length()) {
            ended = true; // The end itself, which may come as it is fetched, says nothing more.
            stream.fetch(1);
            last(BufferBytes.of(buffer));
        } else {
            answer(ExchangeChunk.of(buffer));
        }
    }

    private void end() {
        if (!ended) {
            last(Bytes.empty());
        }
    }

    private void last(Bytes rest) {
        ended = true; // Whatever becomes of the trailers, nothing more is to come.
        ExchangeChunk chunk;
        try {
            chunk = ExchangeChunk.last(rest, source.trailers());
        } catch (RuntimeException e) {
            breakOff(e);
            return;
        }
        answer(chunk);
    }

    private void answer(ExchangeChunk chunk) {
        Promise<ExchangeChunk> waiting = asked;
        asked = null;
        if (waiting != null) {
            waiting.complete(chunk);
        }
    }
}
