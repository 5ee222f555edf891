package dev.jarway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.plugin.Bytes;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a request's body is waited for. */
class AwaitedBodyTest {
    private final Pieces pieces = new Pieces();
    private final List<Long> waits = new ArrayList<>();
    private long now;
    private final AwaitedBody body = new AwaitedBody(pieces, () -> now, waits::add);

    @Test
    void tellsOfEachWaitWhenThePieceComes() {
        ask();
        now = 5;
        assertThat(waits).isEmpty();
        pieces.come();
        now = 100; // The endpoint does not take it on.
        ask();
        now = 103;
        pieces.come();

        assertThat(waits).containsExactly(5L, 3L);
    }

    @Test
    void tellsOfNoneForWhatIsHere() {
        pieces.ready = true;

        ask();
        body.stop();

        assertThat(waits).isEmpty();
    }

    @Test
    void beginsAnewWhenTheEndpointSaysThatItWantsTheBody() {
        ask();
        now = 50;
        body.wanted();
        now = 52;
        pieces.come();

        assertThat(waits).containsExactly(2L);
    }

    @Test
    void tellsOnceOfAWaitThatIsGivenUp() {
        ask();
        now = 7;
        body.stop();
        now = 9;
        body.stop();
        pieces.come();

        assertThat(waits).containsExactly(7L);
    }

    private void ask() {
        var unused = body.next();
    }

    /** A body whose pieces come when the test says so. */
    private static final class Pieces implements MessageBody {
        private Promise<ExchangeChunk> asked = Promise.promise();
        private boolean ready;

        void come() {
            asked.complete(ExchangeChunk.of(Buffer.buffer("x")));
        }

        @Override
        public Future<ExchangeChunk> next() {
            if (ready) {
                return Future.succeededFuture(ExchangeChunk.last(Bytes.empty()));
            }
            asked = Promise.promise();
            return asked.future();
        }

        @Override
        public void discard() {}
    }
}
