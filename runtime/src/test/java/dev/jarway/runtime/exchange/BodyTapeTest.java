package dev.jarway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.plugin.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** A body that is read again. */
class BodyTapeTest {
    private final Deque<Promise<ExchangeChunk>> asked = new ArrayDeque<>();
    private boolean discarded;
    private final BodyTape tape = new BodyTape(
            new MessageBody() {
                @Override
                public Future<ExchangeChunk> next() {
                    asked.add(Promise.promise());
                    return asked.getLast().future();
                }

                @Override
                public void discard() {
                    discarded = true;
                }
            },
            10);

    @Test
    void readsFromTheBeginningAgain() {
        MessageBody first = tape.read();
        read(first, "one");
        read(first, "two");

        MessageBody second = tape.read();

        assertThat(text(second.next())).isEqualTo("one");
        assertThat(text(second.next())).isEqualTo("two");
        read(second, "six");
    }

    @Test
    void givesThePieceThatIsOnItsWayToTheNextReader() {
        Future<ExchangeChunk> left = tape.read().next();

        Future<ExchangeChunk> taken = tape.read().next();
        arrive("one");

        assertThat(asked).isEmpty();
        assertThat(text(taken)).isEqualTo("one");
        assertThat(left.isComplete()).isTrue();
    }

    @Test
    void givesAPieceThatCameBetweenTwoReadersToTheSecond() {
        var unused = tape.read().next();
        arrive("one");

        MessageBody second = tape.read();

        assertThat(text(second.next())).isEqualTo("one");
        read(second, "two");
    }

    @Test
    void keepsThePieceForTheSecondReaderThatIsTooMuchToBeReadAThirdTime() {
        MessageBody first = tape.read();
        read(first, "01234567");
        var unused = first.next();
        MessageBody second = tape.read();

        arrive("89ab");

        assertThat(tape.isWhole()).isFalse();
        assertThat(text(second.next())).isEqualTo("01234567");
        assertThat(text(second.next())).isEqualTo("89ab");
        read(second, "cd");
    }

    @Test
    void keepsThePieceForTheSecondReaderThatWasOnItsWayWhenNoMoreWasToBeKept() {
        MessageBody first = tape.read();
        read(first, "one");
        var unused = first.next();
        MessageBody second = tape.read();
        tape.release();

        arrive("two");

        assertThat(text(second.next())).isEqualTo("one");
        assertThat(text(second.next())).isEqualTo("two");
        read(second, "six");
    }

    @Test
    void losesNoPieceThatIsOnItsWayWhenTheSecondReaderHasCaughtUp() {
        MessageBody first = tape.read();
        read(first, "one");
        var unused = first.next();
        MessageBody second = tape.read();
        assertThat(text(second.next())).isEqualTo("one");
        tape.release();

        arrive("two");

        assertThat(text(second.next())).isEqualTo("two");
        read(second, "six");
    }

    @Test
    void losesNoPieceThatIsOnItsWayAndTooMuchWhenTheSecondReaderHasCaughtUp() {
        MessageBody first = tape.read();
        read(first, "01234567");
        var unused = first.next();
        MessageBody second = tape.read();
        assertThat(text(second.next())).isEqualTo("01234567");

        arrive("89ab");

        assertThat(text(second.next())).isEqualTo("89ab");
        read(second, "cd");
    }

    @Test
    void givesNothingMoreToAReaderThatALaterOneHasTakenOverFrom() {
        MessageBody first = tape.read();
        read(first, "aaaa");
        MessageBody second = tape.read();
        assertThat(text(second.next())).isEqualTo("aaaa");

        Future<ExchangeChunk> left = first.next();
        assertThat(asked).isEmpty();
        read(second, "b".repeat(20));
        read(second, "c");
        Future<ExchangeChunk> leftAgain = first.next();
        assertThat(asked).isEmpty();
        read(second, "d");

        assertThat(left.isComplete()).isFalse();
        assertThat(leftAgain.isComplete()).isFalse();
    }

    @Test
    void losesItsBeginningWhenThereIsMuchOfIt() {
        MessageBody first = tape.read();
        read(first, "0123456789");
        assertThat(tape.isWhole()).isTrue();

        read(first, "x");

        assertThat(tape.isWhole()).isFalse();
        assertThatThrownBy(tape::read).isInstanceOf(IllegalStateException.class);
        read(first, "y");
    }

    @Test
    void readsOnWhenItIsReleasedInTheMiddle() {
        MessageBody first = tape.read();
        read(first, "one");
        read(first, "two");
        MessageBody second = tape.read();
        assertThat(text(second.next())).isEqualTo("one");

        tape.release();

        assertThat(text(second.next())).isEqualTo("two");
        read(second, "six");
        assertThat(tape.isWhole()).isFalse();
    }

    @Test
    void isDiscardedByItsLastReaderAlone() {
        MessageBody first = tape.read();
        MessageBody second = tape.read();

        first.discard();
        assertThat(discarded).isFalse();

        second.discard();
        assertThat(discarded).isTrue();
    }

    @Test
    void readsWhatIsAllHereAsOftenAsWanted() {
        WholeBody whole = WholeBody.of(Bytes.of("a body of more than ten bytes".getBytes(StandardCharsets.US_ASCII)));
        BodyTape easy = new BodyTape(whole, 10);

        assertThat(easy.read()).isSameAs(easy.read());
        assertThat(easy.isWhole()).isTrue();
    }

    private void read(MessageBody reader, String piece) {
        Future<ExchangeChunk> next = reader.next();
        arrive(piece);
        assertThat(text(next)).isEqualTo(piece);
    }

    private void arrive(String piece) {
        asked.removeFirst().complete(ExchangeChunk.of(Buffer.buffer(piece)));
    }

    private static String text(Future<ExchangeChunk> piece) {
        return BufferBytes.toBuffer(piece.result().bytes()).toString();
    }
}
