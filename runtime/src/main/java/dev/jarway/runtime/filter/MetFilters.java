package dev.jarway.runtime.filter;

import dev.jarway.plugin.Exchange;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The filters that an exchange has met, in order. When the exchange is over another one is given the same object, and with it
 * the calls that nobody else has heard of, so that a filter which answers at once costs no memory. Belongs to one event loop.
 */
final class MetFilters {
    /** Of an exchange that has met none, and of one that is over. Nothing is ever added to it. */
    static final MetFilters NONE = new MetFilters(0);

    private static final int USUAL = 8;

    /** Beyond {@code size} stand those that wait to be used again. */
    private @Nullable FilterCall[] calls;

    private int size;

    MetFilters() {
        this(USUAL);
    }

    private MetFilters(int places) {
        this.calls = new FilterCall[places];
    }

    int size() {
        return size;
    }

    FilterCall get(int index) {
        return Objects.requireNonNull(calls[Objects.checkIndex(index, size)]);
    }

    /** The call of a filter that the exchange meets after all the others. */
    FilterCall add(FilterEntry entry, Exchange exchange, LoopScope loop, Invoker invoker) {
        if (size == calls.length) {
            calls = Arrays.copyOf(calls, 2 * size);
        }
        FilterCall call = calls[size];
        if (call == null) {
            call = new FilterCall(loop);
            calls[size] = call;
        }
        size++;
        call.use(entry, exchange, invoker);
        return call;
    }

    /** The exchange is over. What others may still hold on to stays theirs; of the rest nothing is remembered. */
    void clear() {
        for (int i = 0; i < size; i++) {
            FilterCall call = calls[i];
            if (call != null && !call.forget()) {
                calls[i] = null;
            }
        }
        size = 0;
    }
}
