package dev.jarway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a body is read off its connection. */
class StreamBodyTest {
    private final Pieces pieces = new Pieces();

    @Test
    void endsWithThePieceThatCompletesAKnownLength() {
        Sender sender = new Sender(5);
        StreamBody body = new StreamBody(pieces, sender);

        Future<ExchangeChunk> first = body.next();
        pieces.come("abc");
        Future<ExchangeChunk> second = body.next();
        pieces.come("de");

        assertThat(first.result().last()).isFalse();
        assertThat(second.result().last()).isTrue();
        assertThat(second.result().bytes().length()).isEqualTo(2);
        assertThat(body.ended()).isTrue();
        assertThat(pieces.wanted).as("that of the end").isPositive();
        pieces.end();
        assertThat(sender.ends).isOne();
    }

    @Test
    void doesNotFailWhenItsConnectionBreaksBehindTheLastPiece() {
        Sender sender = new Sender(3);
        StreamBody body = new StreamBody(pieces, sender);
        Future<ExchangeChunk> only = body.next();
        pieces.come("abc");

        body.fail(new IllegalStateException("closed"));
        body.discard();

        assertThat(only.result().last()).isTrue();
        assertThat(sender.cancelled).isFalse();
    }

    @Test
    void endsWithTheEndWhereNobodyKnowsItsLength() {
        Sender sender = new Sender(-1);
        StreamBody body = new StreamBody(pieces, sender);
        Future<ExchangeChunk> first = body.next();
        pieces.come("abc");
        Future<ExchangeChunk> second = body.next();
        pieces.end();

        assertThat(first.result().last()).isFalse();
        assertThat(second.result().last()).isTrue();
        assertThat(second.result().bytes().isEmpty()).isTrue();
    }

    @Test
    void endsWithAPieceThatWasReadBeforeIfThatIsAll() {
        StreamBody body = new StreamBody(pieces, new Sender(3));
        body.unread(Buffer.buffer("abc"));

        assertThat(body.next().result().last()).isTrue();
    }

    private static final class Sender implements StreamBody.Source {
        private final long length;
        private int ends;
        private boolean cancelled;

        Sender(long length) {
            this.length = length;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public MultiMap trailers() {
            ends++;
            return MultiMap.caseInsensitiveMultiMap();
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public Throwable explain(Throwable failure) {
            return failure;
        }
    }

    private static final class Pieces implements ReadStream<Buffer> {
        private @Nullable Handler<Buffer> taker;
        private @Nullable Handler<Void> end;
        private long wanted;

        void come(String text) {
            wanted--;
            if (taker != null) {
                taker.handle(Buffer.buffer(text));
            }
        }

        void end() {
            if (end != null) {
                end.handle(null);
            }
        }

        @Override
        public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
            taker = handler;
            return this;
        }

        @Override
        public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
            end = handler;
            return this;
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            wanted += amount;
            return this;
        }

        @Override
        public ReadStream<Buffer> pause() {
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            return this;
        }
    }
}
