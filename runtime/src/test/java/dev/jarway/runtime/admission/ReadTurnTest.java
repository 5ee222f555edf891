package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadTurnTest {
    private static final int MOST = 16 * 1024;

    private final EmbeddedChannel connection = new EmbeddedChannel();
    private long now;
    private final ReadTurn turns = new ReadTurn(() -> now);
    private final RecvByteBufAllocator.ExtendedHandle reading = turns.newHandle();
    private boolean taken;

    @Test
    void readsSixteenKibibytesAtMostOfWhatIsQuickToWorkOn() {
        for (int i = 0; i < 20; i++) {
            turn(Duration.ofNanos(50_000));
        }

        assertThat(reading.guess()).isEqualTo(MOST);
    }

    @Test
    void readsMoreOfABodyAsLongAsItIsTaken() {
        turns.bodyBegins(() -> taken);
        taken = true;
        for (int i = 0; i < 20; i++) {
            turn(Duration.ofNanos(50_000));
        }
        assertThat(reading.guess()).isEqualTo(ReadTurn.MOST_OF_BODY);

        taken = false;

        assertThat(reading.guess()).isEqualTo(MOST / 2);
    }

    @Test
    void readsNoMoreThanOfAnythingElseWhenABodyHasEnded() {
        turns.bodyBegins(() -> true);
        for (int i = 0; i < 20; i++) {
            turn(Duration.ofNanos(50_000));
        }

        turns.bodyEnds();

        assertThat(reading.guess()).isEqualTo(MOST);
    }

    @Test
    void readsLessAndLessOfWhatKeepsTheLoopForLong() {
        for (int i = 0; i < 20; i++) {
            turn(Duration.ofNanos(50_000));
        }

        turn(Duration.ofMillis(8));
        assertThat(reading.guess()).isEqualTo(MOST / 2);
        for (int i = 0; i < 20; i++) {
            turn(Duration.ofMillis(8));
        }
        assertThat(reading.guess()).isEqualTo(1024);
    }

    @Test
    void readsMoreAgainOnceItIsQuickToWorkOn() {
        for (int i = 0; i < 20; i++) {
            turn(Duration.ofMillis(8));
        }

        for (int i = 0; i < 20; i++) {
            turn(Duration.ofNanos(50_000));
        }

        assertThat(reading.guess()).isEqualTo(MOST);
    }

    @Test
    void readsOnceInATurn() {
        turn(Duration.ofNanos(50_000));

        assertThat(reading.continueReading(() -> true)).isFalse();
    }

    /** All that may be read is there, and is worked on for so long. */
    private void turn(Duration work) {
        reading.reset(connection.config());
        int size = reading.guess();
        reading.attemptedBytesRead(size);
        reading.incMessagesRead(1);
        reading.lastBytesRead(size);
        now += work.toNanos();
        reading.readComplete();
    }
}
