package dev.jarway.runtime.host;

import static java.util.Objects.requireNonNull;

import dev.jarway.plugin.HandOver;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one Plugin has received, and what it offers. */
final class HostHandOver implements HandOver {
    private static final Logger log = LoggerFactory.getLogger(HostHandOver.class);

    private final Lifetime lifetime;
    private final Map<String, Object> received;
    private volatile @Nullable Supplier<Map<String, Object>> offer;

    HostHandOver(Lifetime lifetime, Map<String, Object> received) {
        this.lifetime = lifetime;
        this.received = copy(received);
    }

    @Override
    public Map<String, Object> received() {
        lifetime.check();
        return received;
    }

    @Override
    public void offer(Supplier<Map<String, Object>> state) {
        requireNonNull(state, "state");
        synchronized (this) {
            lifetime.check();
            offer = state;
        }
    }

    /** What is offered now. Calls the plugin. */
    Map<String, Object> offered() {
        lifetime.check();
        var current = offer;
        if (current == null) {
            return Map.of();
        }
        try {
            return lifetime.code().call(() -> copy(requireNonNull(current.get(), "hand-over state")));
        } catch (Throwable e) {
            log.warn("Plugin {}: hands over nothing because it failed: {}", lifetime.identity(), ThrownText.of(e));
            return Map.of();
        }
    }

    synchronized void release() {
        offer = null;
    }

    private Map<String, Object> copy(Map<String, Object> state) {
        return JdkCopy.of(
                state, (key, why) -> log.warn("Plugin {}: '{}' is not handed over: {}", lifetime.identity(), key, why));
    }
}
