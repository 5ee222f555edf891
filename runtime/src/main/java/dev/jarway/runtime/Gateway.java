package dev.jarway.runtime;

import dev.jarway.loader.Boundary;
import dev.jarway.loader.LoaderOptions;
import dev.jarway.loader.PluginLoader;
import dev.jarway.runtime.admin.AdminEndpoint;
import dev.jarway.runtime.admin.AdminToken;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.GatewayConfig;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.host.ValueStore;
import dev.jarway.runtime.listener.EventLoops;
import dev.jarway.runtime.listener.HttpListener;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.snapshot.Changes;
import dev.jarway.runtime.snapshot.ConfigSource;
import dev.jarway.runtime.snapshot.JarSeen;
import dev.jarway.runtime.snapshot.Snapshot;
import dev.jarway.runtime.snapshot.SnapshotHolder;
import dev.jarway.runtime.watch.FileWatch;
import dev.jarway.runtime.watch.FolderContent;
import dev.jarway.runtime.watch.FolderWatch;
import dev.jarway.runtime.watch.SeenFile;
import dev.jarway.runtime.watch.WatchOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway: where its parts are put together, started in order, and stopped in reverse. Everything else is in one of the
 * packages; this class alone knows them all.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final Duration STARTING = Duration.ofSeconds(60);

    private final GatewayOptions options;
    private final Deque<Step> stops = new ArrayDeque<>();
    private final Vertx vertx;
    private final Boundary boundary;
    private final Listeners listeners;
    private final SnapshotHolder holder;
    private final Changes changes;
    private final ConfigSource source;
    private final AdminEndpoint admin;

    private interface Step {
        void run() throws Exception;
    }

    private Gateway(GatewayOptions options) throws Exception {
        this.options = options;
        LoadedConfig first = read(options);
        GatewayConfig config = first.config();
        Files.createDirectories(options.data());

        vertx = stopping(
                Vertx.vertx(new VertxOptions()
                        .setDisableTCCL(true)
                        .setEventLoopPoolSize(options.eventLoops() + 1)
                        .setPreferNativeTransport(true)),
                v -> v.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        boundary = stopping(Boundary.open(), Boundary::close);
        PluginLoader loader = stopping(
                PluginLoader.open(LoaderOptions.in(options.data().resolve("plugins")), boundary), PluginLoader::close);
        HostServices services = stopping(
                new HostServices(new SimpleMeterRegistry(), ValueStore.inMemory()), HostServices::close);
        EventLoops loops = await(EventLoops.start(vertx, boundary, options.eventLoops()));
        holder = new SnapshotHolder(loops.visits());
        changes = stopping(
                new Changes(holder, loader, boundary, services, options.eventLoops(), options.clock()), Changes::stop);
        listeners = stopping(
                new Listeners(loops, holder::acquire),
                l -> l.shutdown(deadline()).toCompletionStage().toCompletableFuture().get(deadline().toSeconds() + 5, TimeUnit.SECONDS));
        source = new ConfigSource(options.config(), references(options), changes, new Rebinding());
        byte[] content = Files.readAllBytes(options.config());

        Path folder = config.plugins().directory().map(options.config().toAbsolutePath().resolveSibling(".")::resolve).orElse(options.plugins());
        CompletableFuture<Void> seen = new CompletableFuture<>();
        FolderWatch watch = stopping(
                FolderWatch.start(folder, WatchOptions.DEFAULTS, picture -> tell(picture, seen)), FolderWatch::close);
        seen.get(STARTING.toSeconds(), TimeUnit.SECONDS);
        Checked<Snapshot> published = source.take(content).get(STARTING.toSeconds(), TimeUnit.SECONDS);
        if (!published.problems().isEmpty()) {
            throw new StartException(
                    StartException.Kind.CONFIG, options.config() + " cannot be applied", published.problems());
        }
        AdminToken token = AdminToken.of(options.adminToken(), options.data());
        admin = stopping(
                AdminEndpoint.open(vertx, new AdminEndpoint.Parts(config.admin(), token, holder, changes, source, watch, folder)),
                AdminEndpoint::close);
        stopping(FileWatch.start(options.config(), content, WatchOptions.DEFAULTS, this::reread), FileWatch::close);
    }
}
