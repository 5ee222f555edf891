package dev.jarway.runtime;

import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.snapshot.ConfigSource;
import java.io.IOException;

/** How the listeners follow a change of the configuration. */
record Relisten(Listeners listeners) implements ConfigSource.Listening {

    @Override
    public void prepare(LoadedConfig next) throws IOException {
        listeners.add(next.config().listeners());
    }

    @Override
    public void settle(LoadedConfig now) {
        listeners.keepOnly(now.config().listeners(), now.config().drain().deadline());
        listeners.renewTls().toCompletionStage().toCompletableFuture().join();
    }
}
