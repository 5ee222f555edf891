package dev.jarway.runtime.host;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Values in this process's memory, gone when it ends. */
public final class MemoryValues implements ValueStore {

    /** Keeps at most about so many bytes. */
    public MemoryValues(long maxBytes) {}

    @Override
    public CompletionStage<Long> add(ValueKey key, long amount, Duration timeToLive) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<String>> get(ValueKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> put(ValueKey key, String value, Duration timeToLive) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> putIfAbsent(ValueKey key, String value, Duration timeToLive) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> remove(ValueKey key) {
        throw new UnsupportedOperationException();
    }
}
