package dev.jarway.soak.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Duration DEADLINE = Duration.ofMillis(1);

    private final Marks marks = new Marks(EnumSet.of(Mark.CONFIG));
    private final SwapClock swaps = new SwapClock();

    @Test
    void takesForCutAStreamThatEndsWhileNothingHasBeenSwapped() {
        Ledger ledger = ledger(Duration.ZERO);

        ledger.streamEnded(Kind.WEBSOCKET, System.nanoTime(), true, "closed with 1001");

        assertThat(ledger.of(Kind.WEBSOCKET).cut()).isOne();
    }

    @Test
    void takesForCutAStreamThatEndsBeforeTheDrainDeadline() throws Exception {
        Ledger ledger = ledger(Duration.ofHours(1));
        long opened = System.nanoTime();
        swap();

        ledger.streamEnded(Kind.EVENTS, opened, true, "the stream ended");

        assertThat(ledger.of(Kind.EVENTS).cut()).isOne();
        assertThat(ledger.of(Kind.EVENTS).reasons()).singleElement().asString().contains("before the drain deadline");
    }

    @Test
    void takesForDesignedAStreamThatEndsProperlyAfterTheDrainDeadline() throws Exception {
        Ledger ledger = ledger(Duration.ZERO);
        long opened = System.nanoTime();
        swap();

        ledger.streamEnded(Kind.WEBSOCKET, opened, true, "closed with 1001");

        assertThat(ledger.of(Kind.WEBSOCKET).cut()).isZero();
        assertThat(ledger.of(Kind.WEBSOCKET).endedByDeadline()).isOne();
    }

    @Test
    void countsTheDeadlineFromTheOpeningWhereASwapWasUnderWayThen() throws Exception {
        Ledger ledger = ledger(Duration.ZERO);

        swaps.time(SwapClock.Way.CONFIG, () -> {
            ledger.streamEnded(Kind.EVENTS, System.nanoTime(), true, "the stream ended");
            return "swapped";
        });

        assertThat(ledger.of(Kind.EVENTS).endedByDeadline()).isOne();
    }

    @Test
    void takesForCutAStreamThatEndsImproperlyAfterTheDrainDeadline() throws Exception {
        Ledger ledger = ledger(Duration.ZERO);
        long opened = System.nanoTime();
        swap();

        ledger.streamEnded(Kind.WEBSOCKET, opened, false, "closed with 1006");

        assertThat(ledger.of(Kind.WEBSOCKET).cut()).isOne();
    }

    @Test
    void takesForFailedWhatIsNeverAnswered() {
        Ledger ledger = ledger(DEADLINE);
        var unused = ledger.begin(Kind.LONG_POLL, System.nanoTime());

        ledger.abandonOpen();

        assertThat(ledger.of(Kind.LONG_POLL).failed()).isOne();
        assertThat(ledger.open()).isZero();
    }

    @Test
    void countsAnAnswerOnceHoweverOftenItEnds() {
        Ledger ledger = ledger(DEADLINE);
        Attempt attempt = ledger.begin(Kind.KEEP_ALIVE, System.nanoTime());

        attempt.failed("status 503");
        attempt.failed("and then the connection closed");
        attempt.answered();

        assertThat(ledger.of(Kind.KEEP_ALIVE).failed()).isOne();
        assertThat(ledger.open()).isZero();
    }

    @Test
    void measuresFromWhenARequestWasDueNotFromWhenItWasSent() {
        Ledger ledger = ledger(DEADLINE);

        ledger.begin(Kind.KEEP_ALIVE, System.nanoTime() - Duration.ofSeconds(3).toNanos())
                .answered();

        assertThat(ledger.steady().getMaxValue())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void keepsApartWhatWasUnderWayDuringASwap() throws Exception {
        Ledger ledger = ledger(DEADLINE);
        long before = System.nanoTime();
        swap();

        ledger.begin(Kind.KEEP_ALIVE, before).answered();
        ledger.begin(Kind.KEEP_ALIVE, System.nanoTime()).answered();

        assertThat(ledger.inSwap().getTotalCount()).isOne();
        assertThat(ledger.steady().getTotalCount()).isZero();
    }

    @Test
    void countsStaleAnswersThatAreRightOtherwise() {
        Ledger ledger = ledger(DEADLINE);
        marks.acknowledge(Mark.CONFIG, marks.begin(Mark.CONFIG));
        Attempt attempt = ledger.begin(Kind.ONE_SHOT, System.nanoTime());

        assertThat(attempt.accepts(200, Map.of("x-config", "1")::get)).isTrue();

        assertThat(ledger.of(Kind.ONE_SHOT).stale()).isOne();
    }

    private Ledger ledger(Duration drainDeadline) {
        return new Ledger(marks, swaps, drainDeadline);
    }

    private void swap() throws Exception {
        swaps.time(SwapClock.Way.CONFIG, () -> "swapped");
    }
}
