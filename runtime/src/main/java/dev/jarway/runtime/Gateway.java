package dev.jarway.runtime;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.LoaderOptions;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.jar.JarLimits;
import dev.jarway.runtime.StartException.Kind;
import dev.jarway.runtime.admin.AdminEndpoint;
import dev.jarway.runtime.admin.AdminToken;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.host.MemoryValues;
import dev.jarway.runtime.listener.EventLoops;
import dev.jarway.runtime.listener.HttpListener;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.snapshot.Changes;
import dev.jarway.runtime.snapshot.ConfigSource;
import dev.jarway.runtime.snapshot.DropFolder;
import dev.jarway.runtime.snapshot.Inventory;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The gateway: where its parts are put together, started in order, and stopped in reverse. Everything else is in one of the
 * packages; this class alone knows them all.
 */
public final class Gateway implements AutoCloseable {
    private static final Duration LONGEST_STEP = Duration.ofMinutes(2);
    private static final Duration LONGEST_ENTRY = Duration.ofSeconds(10);
    private static final long VALUE_BYTES = 64L << 20;

    private final Teardown teardown;
    private final Listeners listeners;
    private final PluginLoader loader;
    private final AdminEndpoint.Parts parts;
    private final AdminEndpoint admin;

    private Gateway(
            Teardown teardown,
            Listeners listeners,
            PluginLoader loader,
            AdminEndpoint.Parts parts,
            AdminEndpoint admin) {
        this.teardown = teardown;
        this.listeners = listeners;
        this.loader = loader;
        this.parts = parts;
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
            if (e instanceof ExecutionException && e.getCause() instanceof IOException address) {
                throw StartException.address(String.valueOf(address.getMessage()), address);
            }
            throw StartException.files(String.valueOf(e.getMessage()), e);
        }
    }

    private static Gateway start(GatewayOptions options, Teardown teardown) throws Exception {
        byte[] content = content(options.config());
        LoadedConfig first = load(content, options);
        Path data = Files.createDirectories(options.data());
        Path folder = options.dropFolder(first.config());

        Vertx vertx = teardown.after(vertx(options), v -> await(v.close()));
        PluginLoader loader = teardown.after(
                PluginLoader.open(new LoaderOptions(
                        data.resolve("plugins"), JarLimits.DEFAULTS, LONGEST_ENTRY, options.collectionLimit())),
                PluginLoader::close);
        HostServices services = teardown.after(
                new HostServices(new SimpleMeterRegistry(), new MemoryValues(VALUE_BYTES)), HostServices::close);
        Boundary boundary = loader.boundary();
        EventLoops loops = await(EventLoops.start(vertx, boundary, options.eventLoops()));
        SnapshotHolder holder = new SnapshotHolder(loops.all());
        Changes changes = teardown.after(
                new Changes(
                        holder,
                        loader,
                        services,
                        new Changes.Surroundings(boundary, options.eventLoops(), options.clock())),
                Changes::stop);
        Listeners listeners =
                teardown.after(new Listeners(loops, holder::acquire), open -> await(open.shutdown(deadline(holder))));
        ConfigSource source = new ConfigSource(options.config(), references(options), changes, new Relisten(listeners));

        DropFolder drops = teardown.after(DropFolder.watch(folder, changes), DropFolder::close);
        publish(source, content);
        AdminToken token = AdminToken.of(options.adminToken(), data);
        AdminEndpoint.Parts parts = new AdminEndpoint.Parts(holder, changes, source, drops, loader::generations);
        AdminEndpoint admin = teardown.after(
                await(AdminEndpoint.open(vertx, first.config().admin(), token, parts)),
                endpoint -> await(endpoint.close()));
        teardown.after(
                FileWatch.start(options.config(), content, WatchOptions.standard(), source::changed), FileWatch::close);
        return new Gateway(teardown, listeners, loader, parts, admin);
    }

    private static byte[] content(Path file) throws StartException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw StartException.files("config " + file + " cannot be read: " + e, e);
        }
    }

    private static LoadedConfig load(byte[] content, GatewayOptions options) throws StartException {
        Checked<ConfigDocument> document = ConfigDocument.parse(content, DocumentFormat.of(options.config()));
        if (!document.problems().isEmpty()) {
            throw new StartException(Kind.CONFIG, "config " + options.config() + " is wrong", document.problems());
        }
        Checked<LoadedConfig> loaded = document.value().load(references(options));
        if (!loaded.problems().isEmpty()) {
            throw new StartException(Kind.CONFIG, "config " + options.config() + " is wrong", loaded.problems());
        }
        return loaded.value();
    }

    private static References references(GatewayOptions options) {
        return new References(options.environment(), options.directory());
    }

    private static Vertx vertx(GatewayOptions options) {
        return Vertx.vertx(new VertxOptions()
                .setDisableTCCL(true)
                .setPreferNativeTransport(true)
                // One more than serve requests, for the admin endpoint.
                .setEventLoopPoolSize(options.eventLoops() + 1));
    }

    private static void publish(ConfigSource source, byte[] content) throws Exception {
        Checked<Snapshot> published = source.take(content).get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
        if (!published.problems().isEmpty()) {
            throw new StartException(
                    Kind.CONFIG, "config " + source.file() + " cannot be applied", published.problems());
        }
    }

    private static Duration deadline(SnapshotHolder holder) {
        return holder.snapshot()
                .map(snapshot -> snapshot.loaded().config().drain().deadline())
                .orElse(Duration.ZERO);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
    }

    /** The listeners that are open, with the ports that they are bound to. */
    public List<HttpListener> listeners() {
        return listeners.open();
    }

    /** The port of the admin endpoint. */
    public int adminPort() {
        return admin.port();
    }

    /** What is in force. */
    public Snapshot snapshot() {
        return parts.holder().snapshot().orElseThrow();
    }

    /** The configuration's file, and the ways to change it. */
    public ConfigSource config() {
        return parts.source();
    }

    /** Which plugins there are now, and which files of the drop folder cannot be used. */
    public Inventory plugins() {
        return parts.changes().inventory();
    }

    /** The generations that are loaded, or closed and not collected yet, oldest first. */
    public List<LoadedPlugin> generations() {
        return loader.generations();
    }

    /** Says what becomes of a closed generation: COLLECTED or ZOMBIE. Fails if it is not closed. */
    public CompletableFuture<GenerationState> collect(LoadedPlugin generation) {
        return loader.collect(generation);
    }

    /**
     * Stops: no connection is accepted any more, requests under way have until the configured deadline, then plugins are
     * closed. Returns when all is over.
     */
    @Override
    public void close() {
        teardown.run();
    }
}
