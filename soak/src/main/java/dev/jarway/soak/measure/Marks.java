package dev.jarway.soak.measure;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far each mark has been swapped: up to which number a swap was begun, and up to which it was acknowledged. A request
 * may see any number from the one that was acknowledged when it was sent, to the one that was begun when it was answered.
 * Safe for use by several threads.
 */
public final class Marks {
    private final Map<Mark, AtomicLong> begun = new EnumMap<>(Mark.class);
    private final Map<Mark, AtomicLong> acknowledged = new EnumMap<>(Mark.class);

    /** With all of these at 1. */
    public Marks(Set<Mark> marks) {
        for (Mark mark : marks) {
            begun.put(mark, new AtomicLong(1));
            acknowledged.put(mark, new AtomicLong(1));
        }
    }

    /** Which there are. */
    public Set<Mark> all() {
        return begun.isEmpty() ? Set.of() : EnumSet.copyOf(begun.keySet());
    }

    /** From now on that number may be seen; the number. */
    public long begin(Mark mark) {
        return of(begun, mark).incrementAndGet();
    }

    /** From now on no lower number may be seen by a new request. */
    public void acknowledge(Mark mark, long number) {
        of(acknowledged, mark).set(number);
    }

    /** The number acknowledged last. */
    public long acknowledged(Mark mark) {
        return of(acknowledged, mark).get();
    }

    /** What a request that is sent now must see at least. */
    public Map<Mark, Long> floor() {
        Map<Mark, Long> floor = new EnumMap<>(Mark.class);
        acknowledged.forEach((mark, number) -> floor.put(mark, number.get()));
        return floor;
    }

    /** What a response tells about its numbers. */
    public sealed interface Verdict {
        /** All of them are in force. */
        record Fresh() implements Verdict {}

        /** One is older than what was acknowledged before the request was sent. */
        record Stale(String what) implements Verdict {}

        /** One is missing, or was never begun. */
        record Wrong(String what) implements Verdict {}
    }

    /**
     * Judges a response.
     *
     * @param floor from when its request was sent
     * @param headers the response's, by name
     */
    public Verdict judge(Map<Mark, Long> floor, Function<String, @Nullable String> headers) {
        for (Map.Entry<Mark, Long> least : floor.entrySet()) {
            Mark mark = least.getKey();
            Optional<Long> seen =
                    Optional.ofNullable(headers.apply(mark.header())).map(Long::valueOf);
            if (seen.isEmpty()) {
                return new Verdict.Wrong(mark.header() + ": missing");
            }
            if (seen.get() > of(begun, mark).get()) {
                return new Verdict.Wrong(mark.header() + ": " + seen.get() + ", which was never begun");
            }
            if (seen.get() < least.getValue()) {
                return new Verdict.Stale(
                        mark.header() + ": " + seen.get() + " after " + least.getValue() + " was acknowledged");
            }
        }
        return new Verdict.Fresh();
    }

    private static AtomicLong of(Map<Mark, AtomicLong> numbers, Mark mark) {
        AtomicLong number = numbers.get(mark);
        if (number == null) {
            throw new IllegalArgumentException(mark + " (expected: one of " + numbers.keySet() + ")");
        }
        return number;
    }
}
