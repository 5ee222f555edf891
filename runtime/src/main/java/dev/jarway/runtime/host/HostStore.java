package dev.jarway.runtime.host;

import static java.util.Objects.requireNonNull;

import dev.jarway.plugin.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One Plugin's view of the values: those of its id, within the limits. */
final class HostStore implements Store {
    private static final int MAX_KEY_CHARACTERS = 512;
    private static final int MAX_VALUE_BYTES = 64 * 1024;
    private static final int MAX_BYTES_PER_CHARACTER = 3;
    private static final Duration MIN_TIME_TO_LIVE = Duration.ofMillis(1);

    private final Lifetime lifetime;
    private final ValueStore values;

    HostStore(Lifetime lifetime, ValueStore values) {
        this.lifetime = lifetime;
        this.values = values;
    }

    @Override
    public CompletionStage<Long> add(String key, long amount, Duration timeToLive) {
        return values.add(checkedKey(key), amount, checkedTime(timeToLive));
    }

    @Override
    public CompletionStage<Optional<String>> get(String key) {
        return values.get(checkedKey(key));
    }

    @Override
    public CompletionStage<Void> put(String key, String value, Duration timeToLive) {
        return values.put(checkedKey(key), checkedValue(value), checkedTime(timeToLive));
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(String key, String value, Duration timeToLive) {
        return values.putIfAbsent(checkedKey(key), checkedValue(value), checkedTime(timeToLive));
    }

    @Override
    public CompletionStage<Void> remove(String key) {
        return values.remove(checkedKey(key));
    }

    private ValueKey checkedKey(String key) {
        lifetime.check();
        if (key.length() > MAX_KEY_CHARACTERS) {
            throw new IllegalArgumentException(
                    "key: " + key.length() + " characters (expected: <= " + MAX_KEY_CHARACTERS + ")");
        }
        return new ValueKey(lifetime.identity().id(), key);
    }

    private static String checkedValue(String value) {
        requireNonNull(value, "value");
        // Most values are so short that nothing has to be encoded to know it.
        if (value.length() > MAX_VALUE_BYTES / MAX_BYTES_PER_CHARACTER) {
            int bytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_VALUE_BYTES) {
                throw new IllegalArgumentException(
                        "value: " + bytes + " bytes of UTF-8 (expected: <= " + MAX_VALUE_BYTES + ")");
            }
        }
        return value;
    }

    private static Duration checkedTime(Duration timeToLive) {
        if (timeToLive.compareTo(MIN_TIME_TO_LIVE) < 0) {
            throw new IllegalArgumentException("timeToLive: " + timeToLive + " (expected: >= PT0.001S)");
        }
        return timeToLive;
    }
}
