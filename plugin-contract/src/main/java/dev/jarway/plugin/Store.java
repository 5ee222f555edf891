package dev.jarway.plugin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Counters and small values that outlive an exchange, each until its time is over. Keys belong to the plugin's id: all
 * Plugins of that id, of any version, share them, and nobody else sees them.
 *
 * <p>A gateway keeps them in its own memory unless its operator has given it a store that several gateways share, which is
 * why every answer is a stage. In memory it is complete at once.
 *
 * <p>Keys have up to 512 characters, values up to 64 KiB of UTF-8, and a time to live is at least a millisecond;
 * {@link IllegalArgumentException} otherwise. Memory is bounded: if it is short, values nearest to their end go first.
 */
public interface Store {

    /** Adds to the counter and gives its new value. The first addition starts it at 0, and its time to live. */
    CompletionStage<Long> add(String key, long amount, Duration timeToLive);

    /** The value, if there is one; of a counter, its decimal digits. */
    CompletionStage<Optional<String>> get(String key);

    /** Puts a value in place of whatever was there. */
    CompletionStage<Void> put(String key, String value, Duration timeToLive);

    /** Puts a value if there is none, and says whether it did. */
    CompletionStage<Boolean> putIfAbsent(String key, String value, Duration timeToLive);

    /** Removes the value, if there is one. */
    CompletionStage<Void> remove(String key);
}
