package dev.jarway.soak;

import dev.jarway.soak.measure.Mark;
import dev.jarway.soak.measure.Marks;
import dev.jarway.soak.measure.SwapClock;
import dev.jarway.soak.subject.Subject;
import dev.jarway.soak.subject.SwapRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An operator who swaps again and again, one thing after the other, at a steady pace. Runs on a thread of its own. */
final class Swapper {
    private final Subject subject;
    private final Marks marks;
    private final SwapClock clock;
    private final List<Mark> turns;
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();

    /** In turn, these. */
    Swapper(Subject subject, Marks marks, SwapClock clock, List<Mark> turns) {
        this.subject = subject;
        this.marks = marks;
        this.clock = clock;
        this.turns = List.copyOf(turns);
    }

    Thread start(String name, int count, Duration pace) {
        return Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                swap(count, pace);
            } catch (InterruptedException e) {
                refused.add("interrupted after " + done);
            }
        });
    }

    private void swap(int count, Duration pace) throws InterruptedException {
        long due = System.nanoTime();
        for (int i = 0; i < count && !turns.isEmpty(); i++) {
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            swap(turns.get(i % turns.size()));
            due += pace.toNanos();
        }
    }

    private void swap(Mark mark) throws InterruptedException {
        long number = marks.begin(mark);
        try {
            clock.time(way(mark), () -> {
                subject.swap(mark, number);
                marks.acknowledge(mark, number);
                return number;
            });
            done.incrementAndGet();
            clock.replace(() -> {
                subject.tidy(mark, number);
                return number;
            });
        } catch (InterruptedException e) {
            throw e;
        } catch (SwapRefused | IOException e) {
            refused.add(mark + " " + number + ": " + e.getMessage());
        } catch (Exception e) {
            refused.add(mark + " " + number + ": " + e);
        }
    }

    private static SwapClock.Way way(Mark mark) {
        return switch (mark) {
            case UPLOADED -> SwapClock.Way.UPLOAD;
            case DROPPED -> SwapClock.Way.DROP;
            case CONFIG -> SwapClock.Way.CONFIG;
        };
    }

    /** How many have been acknowledged. */
    int done() {
        return done.get();
    }

    /** Why others were not. */
    List<String> refused() {
        return List.copyOf(refused);
    }
}
