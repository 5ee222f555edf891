package dev.jarway.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.soak.Figures.Held;
import dev.jarway.soak.Figures.Swaps;
import dev.jarway.soak.Figures.Times;
import dev.jarway.soak.Figures.Traffic;
import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.SwapClock.Way;
import dev.jarway.soak.measure.Vitals;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Traffic CLEAN = new Traffic(100, 0, 0, 0, 0, 3, List.of());
    private static final Times TIMES = new Times(100, millis(2), millis(10));
    private static final Swaps SWAPPED = new Swaps(10, 10, 10, List.of(), Map.of(Way.UPLOAD, TIMES));
    private static final Vitals BEFORE =
            new Vitals(Map.of("jarway-changes", 1), Map.of("socket", 3), Map.of(), 1, 2, 1, 1);
    private static final Held HELD = new Held(2, 40, OptionalDouble.of(1.9));

    @Test
    void findsNothingInACleanRun() {
        assertThat(breaches(CLEAN, SWAPPED, BEFORE, HELD)).isEmpty();
    }

    @Test
    void namesTheKindOfTrafficThatFailed() {
        var failed = new Traffic(100, 2, 0, 0, 0, 0, List.of("failed: status 503"));

        assertThat(breaches(failed, SWAPPED, BEFORE, HELD))
                .singleElement()
                .asString()
                .startsWith("SSE failed: 2")
                .contains("status 503");
    }

    @Test
    void namesTheKindOfTrafficThatWasCut() {
        assertThat(breaches(new Traffic(100, 0, 1, 0, 0, 0, List.of()), SWAPPED, BEFORE, HELD))
                .containsExactly(Breach.of("SSE cut", "1", "0"));
    }

    @Test
    void namesTheKindOfTrafficThatWasStale() {
        assertThat(breaches(new Traffic(100, 0, 0, 1, 0, 0, List.of()), SWAPPED, BEFORE, HELD))
                .containsExactly(Breach.of("SSE stale", "1", "0"));
    }

    @Test
    void namesConnectionsThatWereNotKept() {
        assertThat(breaches(new Traffic(100, 0, 0, 0, 1, 0, List.of()), SWAPPED, BEFORE, HELD))
                .containsExactly(Breach.of("SSE connections closed between requests", "1", "0"));
    }

    @Test
    void doesNotTakeForProvenWhatWasNotTried() {
        assertThat(breaches(new Traffic(0, 0, 0, 0, 0, 0, List.of()), SWAPPED, BEFORE, HELD))
                .singleElement()
                .asString()
                .startsWith("SSE requests: 0");
        assertThat(breaches(CLEAN, new Swaps(10, 9, 10, List.of(), Map.of()), BEFORE, HELD))
                .containsExactly(Breach.of("swaps of code", 9, "10"));
        assertThat(breaches(CLEAN, new Swaps(10, 10, 8, List.of(), Map.of()), BEFORE, HELD))
                .containsExactly(Breach.of("swaps of configuration", 8, "10"));
    }

    @Test
    void namesSwapsThatWereRefused() {
        var swaps = new Swaps(10, 10, 10, List.of("UPLOADED 7: 422"), Map.of());

        assertThat(breaches(CLEAN, swaps, BEFORE, HELD))
                .singleElement()
                .asString()
                .startsWith("swaps refused: 1 [UPLOADED 7: 422]");
    }

    @Test
    void namesLoadersThatAreStillAlive() {
        assertThat(breaches(CLEAN, SWAPPED, vitals(3, Map.of("jarway-changes", 1), 3, Map.of()), HELD))
                .containsExactly(Breach.of("class loaders alive", 3, "at most 2, one for each plugin in use"));
    }

    @Test
    void namesThreadsAndDescriptorsThatAreLeft() {
        var after = vitals(2, Map.of("jarway-changes", 1, "acme-timer", 2), 5, Map.of("old.jar", 1));

        assertThat(breaches(CLEAN, SWAPPED, after, HELD))
                .containsExactlyInAnyOrder(
                        Breach.of("threads left", "2 acme-timer", "none"),
                        Breach.of("descriptors left", "2 socket", "none"),
                        Breach.of("deleted JARs held open", "1 old.jar", "none"));
    }

    @Test
    void namesMetaspaceThatGrows() {
        assertThat(breaches(CLEAN, SWAPPED, BEFORE, new Held(2, 2, OptionalDouble.of(2))))
                .containsExactly(Breach.of("Metaspace growth after swap 200", "2.0 %", "below 2.0 %"));
    }

    @Test
    void tellsLimitsOfTimeApart() {
        var slow = new Swaps(10, 10, 10, List.of(), Map.of(Way.UPLOAD, new Times(10, millis(251), millis(300))));

        assertThat(breaches(CLEAN, slow, BEFORE, HELD))
                .containsExactly(Breach.ofTime("median from upload to live", "251.0 ms", "at most 250 ms"));
    }

    @Test
    void namesAnswersThatAreSlowInSwaps() {
        var figures = new Figures(
                "Jarway",
                Map.of(Kind.EVENTS, CLEAN),
                TIMES,
                new Times(100, millis(2), millis(21)),
                0,
                SWAPPED,
                BEFORE,
                BEFORE,
                HELD);

        assertThat(Judgement.of(figures))
                .containsExactly(Breach.ofTime("p99 in swaps", "21.0 ms", "at most twice the steady 10.0 ms"));
    }

    private static List<Breach> breaches(Traffic events, Swaps swaps, Vitals after, Held held) {
        return Judgement.of(new Figures(
                "Jarway", Map.of(Kind.EVENTS, events), TIMES, TIMES, millis(9), swaps, BEFORE, after, held));
    }

    private static Vitals vitals(
            int generations, Map<String, Integer> threads, int sockets, Map<String, Integer> jars) {
        return new Vitals(threads, Map.of("socket", sockets), jars, 1, generations, 1, 1);
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }
}
