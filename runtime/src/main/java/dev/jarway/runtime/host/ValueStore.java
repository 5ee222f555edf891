package dev.jarway.runtime.host;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The place where the values of all plugins are kept: this process's memory, or something that several gateways share. It
 * answers as {@link dev.jarway.plugin.Store} promises; keys, values and times have been checked before. Safe from any thread.
 */
public interface ValueStore {

    /**
     * Adds to the counter and gives its new value; the first addition starts it at 0, and its time to live. The stage fails
     * with {@link IllegalArgumentException} if another value stands there which is not a whole number, and with
     * {@link ArithmeticException} if the sum is none of 64 bits; the value stays as it was.
     */
    CompletionStage<Long> add(ValueKey key, long amount, Duration timeToLive);

    /** The value, if there is one; of a counter, its decimal digits. */
    CompletionStage<Optional<String>> get(ValueKey key);

    /** Puts a value in place of whatever was there. */
    CompletionStage<Void> put(ValueKey key, String value, Duration timeToLive);

    /** Puts a value if there is none, and says whether it did. */
    CompletionStage<Boolean> putIfAbsent(ValueKey key, String value, Duration timeToLive);

    /** Removes the value, if there is one. */
    CompletionStage<Void> remove(ValueKey key);
}
