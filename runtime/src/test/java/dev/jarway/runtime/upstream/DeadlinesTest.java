package dev.jarway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When deadlines come due, and how many timers that takes. */
class DeadlinesTest {
    private final List<Ringing> alarms = new ArrayList<>();
    private final List<String> due = new ArrayList<>();
    private long now;
    private int timers;
    private final Deadlines deadlines = new Deadlines(() -> now, (millis, ring) -> {
        timers++;
        alarms.add(new Ringing(now + millis * 1_000_000, ring));
    });

    private record Ringing(long at, Runnable ring) {}

    @Test
    void comeDueInTheOrderOfTheirTimesWhateverTheirSpans() {
        set("late", 100);
        set("soon", 20);
        pass(15);
        set("middle", 20);

        pass(19);
        assertThat(due).containsExactly("soon");
        pass(1);
        assertThat(due).containsExactly("soon", "middle");
        pass(64);
        assertThat(due).hasSize(2);
        pass(1);
        assertThat(due).containsExactly("soon", "middle", "late");
    }

    @Test
    void doNotComeDueOnceTheyAreLifted() {
        Deadlines.Deadline first = set("first", 10);
        Deadlines.Deadline second = set("second", 10);
        set("third", 10);

        second.lift();
        second.lift();
        first.lift();
        pass(10);

        assertThat(due).containsExactly("third");
    }

    @Test
    void mayLiftOneAnotherAndSetOthersWhenTheyComeDue() {
        List<Deadlines.Deadline> other = new ArrayList<>();
        deadlines.set(Duration.ofMillis(10), () -> {
            due.add("one");
            other.getFirst().lift();
            set("again", 10);
        });
        other.add(set("other", 10));

        pass(10);
        assertThat(due).containsExactly("one");
        pass(10);
        assertThat(due).containsExactly("one", "again");
    }

    @Test
    void areNotLateBecauseAnotherIsSetWhileOneComesDue() {
        deadlines.set(Duration.ofMillis(10), () -> {
            due.add("one");
            set("again", 10);
        });
        pass(1);
        set("next", 10);

        pass(9);
        assertThat(due).containsExactly("one");
        pass(1);
        assertThat(due).containsExactly("one", "next");
    }

    @Test
    void takeOneTimerForAllOfOneSpanThatAreLiftedInTime() {
        for (int call = 0; call < 1000; call++) {
            set("call", 10_000).lift();
            pass(1);
        }

        assertThat(timers).isOne();
        assertThat(due).isEmpty();
    }

    @Test
    void comeDueThoughOneBeforeHasThrown() {
        deadlines.set(Duration.ofMillis(10), () -> {
            throw new IllegalStateException("broken");
        });
        set("next", 10);

        assertThatThrownBy(() -> pass(10)).hasMessage("broken");
        pass(1);

        assertThat(due).containsExactly("next");
    }

    @Test
    void areNeverEarly() {
        deadlines.set(Duration.ofNanos(1_500_000), () -> due.add("odd"));

        pass(1);
        assertThat(due).isEmpty();
        pass(1);
        assertThat(due).containsExactly("odd");
    }

    private Deadlines.Deadline set(String name, long millis) {
        return deadlines.set(Duration.ofMillis(millis), () -> due.add(name));
    }

    /** Lets so much time go by, and what is set ring meanwhile. */
    private void pass(long millis) {
        long end = now + millis * 1_000_000;
        while (alarms.stream().anyMatch(alarm -> alarm.at() <= end)) {
            Ringing next =
                    alarms.stream().min(Comparator.comparingLong(Ringing::at)).orElseThrow();
            alarms.remove(next);
            now = Math.max(now, next.at());
            next.ring().run();
        }
        now = end;
    }
}
