package dev.jarway.runtime.host;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Values in this process's memory, gone when it ends.
 *
 * <p>One map has the values and a second one the order in which they end. Both change together inside the first one's
 * {@code compute}, so a key is locked for a moment and the whole never. The order serves twice: values whose time is over
 * stand at its head, and when memory is short what is nearest to its end goes first.
 */
public final class MemoryValues implements ValueStore {
    /** Two map nodes, the records and the string headers. */
    private static final long BYTES_PER_VALUE = 256;

    private static final long BYTES_PER_CHARACTER = 2;

    private final long maxBytes;
    private final LongSupplier nanoTime;
    private final long start;
    private final ConcurrentMap<ValueKey, Value> values = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<End, ValueKey> byEnd = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();

    /** Keeps at most about so many bytes. */
    public MemoryValues(long maxBytes) {
        this(maxBytes, System::nanoTime);
    }

    MemoryValues(long maxBytes, LongSupplier nanoTime) {
        if (maxBytes <= 0) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: > 0)");
        }
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public CompletionStage<Long> add(ValueKey key, long amount, Duration timeToLive) {
        long now = now();
        var sum = new AtomicLong(amount);
        try {
            values.compute(key, (k, present) -> {
                if (present == null || present.end().isOver(now)) {
                    return replace(k, present, Long.toString(amount), end(now, timeToLive));
                }
                sum.set(Math.addExact(present.count(k), amount));
                return replace(k, present, Long.toString(sum.get()), present.end());
            });
        } catch (IllegalArgumentException | ArithmeticException e) {
            return CompletableFuture.failedStage(e);
        }
        makeRoom(now);
        return CompletableFuture.completedStage(sum.get());
    }

    @Override
    public CompletionStage<Optional<String>> get(ValueKey key) {
        var present = values.get(key);
        return CompletableFuture.completedStage(
                present == null || present.end().isOver(now()) ? Optional.empty() : Optional.of(present.text()));
    }

    @Override
    public CompletionStage<Void> put(ValueKey key, String value, Duration timeToLive) {
        long now = now();
        values.compute(key, (k, present) -> replace(k, present, value, end(now, timeToLive)));
        makeRoom(now);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(ValueKey key, String value, Duration timeToLive) {
        long now = now();
        var done = new AtomicBoolean();
        values.compute(key, (k, present) -> {
            if (present != null && !present.end().isOver(now)) {
                return present;
            }
            done.set(true);
            return replace(k, present, value, end(now, timeToLive));
        });
        makeRoom(now);
        return CompletableFuture.completedStage(done.get());
    }

    @Override
    public CompletionStage<Void> remove(ValueKey key) {
        values.computeIfPresent(key, this::drop);
        return CompletableFuture.completedStage(null);
    }

    /** How many values there are, those included whose time is over but whose room nobody has needed yet. */
    int size() {
        return values.size();
    }

    /** How many bytes they take, by estimate. */
    long bytes() {
        return bytes.get();
    }

    private Value replace(ValueKey key, @Nullable Value present, String text, End end) {
        var value = new Value(text, end);
        if (present == null || !present.end().equals(end)) {
            byEnd.put(end, key);
            if (present != null) {
                byEnd.remove(present.end());
            }
        }
        bytes.addAndGet(size(key, value) - (present == null ? 0 : size(key, present)));
        return value;
    }

    private @Nullable Value drop(ValueKey key, Value present) {
        byEnd.remove(present.end());
        bytes.addAndGet(-size(key, present));
        return null;
    }

    private void makeRoom(long now) {
        var first = byEnd.firstEntry();
        while (first != null && (first.getKey().isOver(now) || bytes.get() > maxBytes)) {
            var end = first.getKey();
            // The value may have got another end since, and then it is not its turn.
            values.computeIfPresent(
                    first.getValue(), (key, present) -> present.end().equals(end) ? drop(key, present) : present);
            first = byEnd.firstEntry();
        }
    }

    private long now() {
        return nanoTime.getAsLong() - start;
    }

    private End end(long now, Duration timeToLive) {
        long nanos = TimeUnit.NANOSECONDS.convert(timeToLive);
        long end = nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
        return new End(end, numbers.getAndIncrement());
    }

    private static long size(ValueKey key, Value value) {
        return BYTES_PER_VALUE
                + BYTES_PER_CHARACTER * (key.key().length() + value.text().length());
    }

    /** A value and its place in the order. A counter is its decimal digits. */
    private record Value(String text, End end) {

        long count(ValueKey key) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                // The text may be long or secret, so the message goes without it.
                throw new IllegalArgumentException(
                        "key '" + key.key() + "': holds another value (expected: a counter)", e);
            }
        }
    }

    /** When a value's time is over; the number tells two of the same time apart. */
    private record End(long nanos, long number) implements Comparable<End> {

        boolean isOver(long now) {
            return now >= nanos;
        }

        @Override
        public int compareTo(End other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
