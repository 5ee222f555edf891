package dev.jarway.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryValuesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final MemoryValues values = new MemoryValues(1024 * 1024, now::get);

    @Test
    void countsFromZero() {
        assertThat(done(values.add(key("hits"), 2, MINUTE))).isEqualTo(2);
        assertThat(done(values.add(key("hits"), 3, MINUTE))).isEqualTo(5);
        assertThat(done(values.add(key("hits"), -6, MINUTE))).isEqualTo(-1);
        assertThat(done(values.get(key("hits")))).contains("-1");
    }

    @Test
    void beginsACounterAnewWhenTheTimeOfItsFirstAdditionIsOver() {
        values.add(key("hits"), 1, SECOND);
        pass(SECOND.minusNanos(1));
        assertThat(done(values.add(key("hits"), 1, SECOND))).isEqualTo(2);
        pass(Duration.ofNanos(1));

        assertThat(done(values.get(key("hits")))).isEmpty();
        assertThat(done(values.add(key("hits"), 1, SECOND))).isEqualTo(1);
    }

    @Test
    void addsToATextOfDigitsAndRefusesOthers() {
        values.put(key("digits"), "41", MINUTE);
        values.put(key("text"), "abc", MINUTE);
        values.put(key("much"), Long.toString(Long.MAX_VALUE), MINUTE);

        assertThat(done(values.add(key("digits"), 1, MINUTE))).isEqualTo(42);
        assertThatThrownBy(() -> done(values.add(key("text"), 1, MINUTE)))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key 'text': holds another value (expected: a counter)");
        assertThatThrownBy(() -> done(values.add(key("much"), 1, MINUTE)))
                .hasCauseInstanceOf(ArithmeticException.class);
        assertThat(done(values.get(key("text")))).contains("abc");
        assertThat(done(values.get(key("much")))).contains(Long.toString(Long.MAX_VALUE));
    }

    @Test
    void putsInPlaceOfWhateverWasThere() {
        values.put(key("x"), "one", SECOND);
        values.put(key("x"), "two", MINUTE);
        pass(SECOND);

        assertThat(done(values.get(key("x")))).contains("two");
        assertThat(values.size()).isEqualTo(1);
    }

    @Test
    void putsOnlyWhereNothingIs() {
        assertThat(done(values.putIfAbsent(key("x"), "one", SECOND))).isTrue();
        assertThat(done(values.putIfAbsent(key("x"), "two", SECOND))).isFalse();
        assertThat(done(values.get(key("x")))).contains("one");
        pass(SECOND);
        assertThat(done(values.putIfAbsent(key("x"), "three", SECOND))).isTrue();
        assertThat(done(values.get(key("x")))).contains("three");
    }

    @Test
    void removes() {
        values.put(key("x"), "one", MINUTE);

        values.remove(key("x"));
        values.remove(key("x"));

        assertThat(done(values.get(key("x")))).isEmpty();
        assertThat(values.size()).isZero();
    }

    @Test
    void keepsPluginsApart() {
        values.put(new ValueKey("one", "x"), "mine", MINUTE);

        assertThat(done(values.get(new ValueKey("two", "x")))).isEmpty();
    }

    @Test
    void dropsWhatIsOverWhenAnythingIsWritten() {
        for (int i = 0; i < 100; i++) {
            values.put(key("old" + i), "x", SECOND);
        }
        pass(SECOND);

        values.put(key("new"), "x", SECOND);

        assertThat(values.size()).isEqualTo(1);
    }

    @Test
    void letsGoFirstOfWhatIsNearestToItsEndWhenMemoryIsShort() {
        var small = new MemoryValues(3_000, now::get);
        for (int seconds = 9; seconds >= 1; seconds--) {
            small.put(key("k" + seconds), "x".repeat(100), Duration.ofSeconds(seconds));
        }

        assertThat(IntStream.rangeClosed(1, 9)
                        .filter(seconds -> done(small.get(key("k" + seconds))).isPresent())
                        .toArray())
                .containsExactly(4, 5, 6, 7, 8, 9);
    }

    @Test
    void staysWithinItsBoundsUnderContention() {
        var small = new MemoryValues(100_000, now::get);

        inParallel(8, worker -> {
            for (int i = 0; i < 5_000; i++) {
                small.put(key(worker + "-" + i % 700), "x".repeat(i % 100), Duration.ofMillis(1 + i));
                small.add(key("hits" + i % 50), 1, MINUTE);
                small.remove(key(worker + "-" + (i + 350) % 700));
            }
        });

        assertThat(small.size()).isPositive().isLessThanOrEqualTo(100_000 / 256);
        pass(Duration.ofDays(1));
        small.put(key("last"), "x", MINUTE);
        assertThat(small.size()).isEqualTo(1);
        small.remove(key("last"));
        assertThat(small.bytes()).isZero();
    }

    @Test
    void losesNoAddition() {
        inParallel(8, worker -> {
            for (int i = 0; i < 10_000; i++) {
                values.add(key("hits"), 1, MINUTE);
            }
        });

        assertThat(done(values.get(key("hits")))).isEqualTo(Optional.of("80000"));
    }

    @Test
    void keepsAValueForEverIfAsked() {
        values.put(key("x"), "one", Duration.ofSeconds(Long.MAX_VALUE));
        pass(Duration.ofDays(365 * 200));

        assertThat(done(values.get(key("x")))).contains("one");
    }

    @Test
    void isCompleteAtOnce() {
        assertThat(values.add(key("x"), 1, MINUTE).toCompletableFuture()).isDone();
        assertThat(values.put(key("x"), "1", MINUTE).toCompletableFuture()).isDone();
        assertThat(values.get(key("x")).toCompletableFuture()).isDone();
    }

    @Test
    void refusesToKeepNothing() {
        assertThatThrownBy(() -> new MemoryValues(0)).hasMessage("maxBytes: 0 (expected: > 0)");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static void inParallel(int workers, IntConsumer work) {
        CompletableFuture.allOf(IntStream.range(0, workers)
                        .mapToObj(worker -> CompletableFuture.runAsync(() -> work.accept(worker)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static ValueKey key(String key) {
        return new ValueKey("mock", key);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
