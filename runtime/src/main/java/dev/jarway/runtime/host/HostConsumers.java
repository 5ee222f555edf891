package dev.jarway.runtime.host;

import dev.jarway.plugin.Consumer;
import dev.jarway.plugin.Consumers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The consumers of one Plugin, let go when it closes: their credentials are records of the plugin's own class. */
final class HostConsumers implements Consumers {
    private final Lifetime lifetime;
    private final AtomicReference<@Nullable Consumers> consumers;

    HostConsumers(Lifetime lifetime, Consumers consumers) {
        this.lifetime = lifetime;
        this.consumers = new AtomicReference<>(consumers);
    }

    @Override
    public Optional<Consumer> find(String index) {
        var current = consumers.get();
        lifetime.check();
        return current == null ? Optional.empty() : current.find(index);
    }

    void release() {
        consumers.set(null);
    }
}
