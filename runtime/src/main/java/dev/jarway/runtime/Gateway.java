package dev.jarway.runtime;

import dev.jarway.loader.Boundary;
import dev.jarway.loader.LoaderOptions;
import dev.jarway.loader.PluginLoader;
import dev.jarway.runtime.StartException.Kind;
import dev.jarway.runtime.admin.AdminEndpoint;
import dev.jarway.runtime.admin.AdminToken;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.host.MemoryValues;
import dev.jarway.runtime.listener.EventLoops;
import dev.jarway.runtime.listener.HttpListener;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.snapshot.Changes;
import dev.jarway.runtime.snapshot.ConfigSource;
import dev.jarway.runtime.snapshot.Snapshot;
import dev.jarway.runtime.snapshot.SnapshotHolder;
import dev.jarway.runtime.watch.FileWatch;
import dev.jarway.runtime.watch.WatchOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;

/**
 * The gateway: where its parts are put together, started in order, and stopped in reverse. Everything else is in one of the
 * packages; this class alone knows them all.
 */
public final class Gateway implements AutoCloseable {
    private static final Duration LONGEST_STEP = Duration.ofMinutes(2);

    private final Teardown teardown;
    private final Listeners listeners;
    private final SnapshotHolder holder;
    private final AdminEndpoint admin;

    private Gateway(Teardown teardown, Listeners listeners, SnapshotHolder holder, AdminEndpoint admin) {
        this.teardown = teardown;
        this.listeners = listeners;
        this.holder = holder;
        this.admin = admin;
    }

    /**
     * Starts a gateway; it serves when this returns.
     *
     * @throws StartException if it cannot; nothing is left running then
     */
    public static Gateway start(GatewayOptions options) throws StartException {
        Teardown teardown = new Teardown();
        try {
            return start(options, teardown);
        } catch (Exception e) {
            teardown.run();
            if (e instanceof StartException known) {
                throw known;
            }
            throw new StartException(Kind.FILES, String.valueOf(e.getMessage()), e);
        }
    }
}
