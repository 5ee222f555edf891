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
import dev.jarway.runtime.config.AdminConfig;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.host.MemoryValues;
import dev.jarway.runtime.listener.EventLoops;
import dev.jarway.runtime.listener.HttpListener;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.listener.ListeningSockets;
import dev.jarway.runtime.rollout.RolloutJournal;
import dev.jarway.runtime.rollout.Rollouts;
import dev.jarway.runtime.snapshot.Changes;
import dev.jarway.runtime.snapshot.ConfigSource;
import dev.jarway.runtime.snapshot.DropFolder;
import dev.jarway.runtime.snapshot.Fallback;
import dev.jarway.runtime.snapshot.Inventory;
import dev.jarway.runtime.snapshot.Snapshot;
import dev.jarway.runtime.snapshot.SnapshotHolder;
import dev.jarway.runtime.upgrade.Introduction;
import dev.jarway.runtime.upgrade.Predecessor;
import dev.jarway.runtime.upgrade.Reception;
import dev.jarway.runtime.watch.FileWatch;
import dev.jarway.runtime.watch.WatchOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway: where its parts are put together, started in order, and stopped in reverse. Everything else is in one of the
 * packages; this class alone knows them all.
 */
public final class Gateway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Gateway.class);
    private static final Duration LONGEST_STEP = Duration.ofMinutes(2);
    private static final Duration LONGEST_ENTRY = Duration.ofSeconds(10);
    private static final long VALUE_BYTES = 64L << 20;

    private final Teardown teardown;
    private final Listeners listeners;
    private final PluginLoader loader;
    private final AdminEndpoint.Parts parts;
    private final AdminEndpoint admin;
    private final InCharge charge;

    private Gateway(
            Teardown teardown,
            Listeners listeners,
            PluginLoader loader,
            AdminEndpoint.Parts parts,
            AdminEndpoint admin,
            InCharge charge) {
        this.teardown = teardown;
        this.listeners = listeners;
        this.loader = loader;
        this.parts = parts;
        this.admin = admin;
        this.charge = charge;
    }

    /**
     * Starts a gateway; it serves when this returns.
     *
     * @throws StartException if it cannot; nothing is left running then
     */
    public static Gateway start(GatewayOptions options) throws StartException {
        return start(options, new Beginning.First());
    }

    /**
     * Starts a gateway in the place of the one that runs on the same data directory, perhaps of another version. When this
     * returns, this one serves, and the other has begun to end.
     *
     * @param announce what is to happen between the two; it must not throw
     * @throws StartException if it cannot; the other one goes on as if nothing had been
     */
    public static Gateway succeed(GatewayOptions options, Runnable announce) throws StartException {
        try (Predecessor predecessor = Predecessor.on(options.data())) {
            return start(options, new Beginning.Succession(predecessor, announce));
        } catch (IOException e) {
            throw StartException.upgrade(String.valueOf(e.getMessage()), e);
        }
    }

    private static Gateway start(GatewayOptions options, Beginning beginning) throws StartException {
        Teardown teardown = new Teardown();
        try {
            return start(options, beginning, teardown);
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

    private static Gateway start(GatewayOptions options, Beginning beginning, Teardown teardown) throws Exception {
        content(options.config());
        Path data = Files.createDirectories(options.data());
        History history = teardown.after(History.open(data.resolve("history")), History::close);
        ListeningSockets sockets = teardown.after(beginning.sockets(), ListeningSockets::closeUnused);
        InCharge charge = teardown.after(new InCharge(data, sockets, history), InCharge::close);
        beginning.prepare(charge);
        // Read after that: a change that the process before has not ended is taken back from the file too.
        byte[] content = content(options.config());
        LoadedConfig first = load(content, options, history);
        Path folder = options.dropFolder(first.config());
        if (history.isWriting()) {
            deleteLeftovers(options, folder);
        }

        Vertx vertx = teardown.after(vertx(options, sockets), v -> await(v.close()));
        PluginLoader loader = teardown.after(
                PluginLoader.open(new LoaderOptions(
                        data.resolve("plugins"), JarLimits.DEFAULTS, LONGEST_ENTRY, options.collectionLimit())),
                PluginLoader::close);
        HostServices services = teardown.after(
                new HostServices(new SimpleMeterRegistry(), new MemoryValues(VALUE_BYTES)), HostServices::close);
        Boundary boundary = loader.boundary();
        EventLoops loops = await(EventLoops.start(vertx, boundary, options.eventLoops()));
        SnapshotHolder holder = new SnapshotHolder(loops.all());
        RolloutJournal journal = RolloutJournal.open(data.resolve("rollouts.json"), options.clock());
        Changes changes = teardown.after(
                new Changes(
                        holder,
                        loader,
                        services,
                        new Changes.Surroundings(
                                boundary,
                                options.eventLoops(),
                                options.clock(),
                                history,
                                journal,
                                new Changes.Files(options.config(), folder))),
                Changes::stop);
        Listeners listeners = teardown.after(
                new Listeners(sockets, loops, holder::acquire), open -> await(open.shutdown(deadline(holder))));
        ConfigSource source = new ConfigSource(options.config(), references(options), changes, new Relisten(listeners));

        DropFolder drops = teardown.after(DropFolder.watch(folder, changes, source), DropFolder::close);
        publish(source, content);
        if (!history.isWriting() && changes.fallback().isPresent()) {
            // The gateway before serves well; there is no need to make do with an earlier revision.
            throw new StartException(
                    Kind.CONFIG,
                    "config " + source.file() + " cannot be applied",
                    changes.fallback().get().problems());
        }
        Rollouts rollouts = teardown.after(
                Rollouts.start(() -> scene(holder), history::isWriting, journal, options.clock()), Rollouts::stop);
        AdminToken token = AdminToken.of(options.adminToken(), data);
        AdminEndpoint.Parts parts =
                new AdminEndpoint.Parts(holder, changes, source, drops, loader::generations, loader, rollouts);
        beginning.takeOver(charge, () -> {
            drops.lookNow().get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
            source.changed(content(options.config())).get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
            changes.writeDown().get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
        });
        AdminConfig address = holder.snapshot().orElseThrow().loaded().config().admin();
        String adminSocket = "admin " + address.host() + ":" + address.port();
        AdminEndpoint admin = teardown.after(
                sockets.bind(adminSocket, () -> await(AdminEndpoint.open(vertx, address, token, parts))),
                endpoint -> await(endpoint.close()));
        teardown.after(
                FileWatch.start(options.config(), content, WatchOptions.standard(), now -> {
                    var unused = source.changed(now);
                }),
                FileWatch::close);
        charge.of(new InCharge.Parts(
                changes, listeners, () -> deadline(holder), adminSocket, () -> admin.close(), teardown::run));
        receive(options, charge, teardown);
        beginning.serve(sockets);
        return new Gateway(teardown, listeners, loader, parts, admin, charge);
    }

    private static void receive(GatewayOptions options, InCharge charge, Teardown teardown) throws IOException {
        Optional<String> obstacle = Reception.obstacle(options.data());
        if (obstacle.isPresent()) {
            log.info("This gateway cannot be upgraded without a pause: {}", obstacle.get());
            return;
        }
        Introduction introduction = Introduction.of(options.config(), options.plugins());
        teardown.after(Reception.open(options.data(), introduction, charge), Reception::close);
    }

    private static Rollouts.Scene scene(SnapshotHolder holder) {
        Snapshot snapshot = holder.snapshot().orElseThrow();
        return new Rollouts.Scene(snapshot.rollouts().values(), snapshot.figures());
    }

    private static byte[] content(Path file) throws StartException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw StartException.files("config " + file + " cannot be read: " + e, e);
        }
    }

    /** What the file says; if that is wrong, the last that was in force. It tells where the drop folder is. */
    private static LoadedConfig load(byte[] content, GatewayOptions options, History history) throws StartException {
        Checked<LoadedConfig> loaded = switch (ConfigDocument.parse(content, DocumentFormat.of(options.config()))) {
            case Checked.Invalid<ConfigDocument> invalid -> new Checked.Invalid<>(invalid.problems());
            case Checked.Valid<ConfigDocument> valid -> valid.value().load(references(options));
        };
        if (loaded instanceof Checked.Valid<LoadedConfig> valid) {
            return valid.value();
        }
        for (Revision revision : history.revisionsOf(options.config())) {
            try {
                Checked<LoadedConfig> last = history.document(revision).load(references(options));
                if (last instanceof Checked.Valid<LoadedConfig> valid) {
                    return valid.value();
                }
            } catch (IOException e) {
                log.error("Revision {} cannot be read: {}", revision.number(), e.getMessage());
            }
        }
        throw new StartException(Kind.CONFIG, "config " + options.config() + " is wrong", loaded.problems());
    }

    /** Of writers that have died. The history's lock says that there is no other now. */
    private static void deleteLeftovers(GatewayOptions options, Path folder) throws IOException {
        String name = Pattern.quote(String.valueOf(options.config().getFileName()));
        AtomicFile.deleteLeftovers(options.directory(), Pattern.compile(name));
        AtomicFile.deleteLeftovers(folder, Pattern.compile(".*\\.(?:jar|zip)"));
    }

    private static References references(GatewayOptions options) {
        return new References(options.environment(), options.directory());
    }

    private static Vertx vertx(GatewayOptions options, ListeningSockets sockets) {
        VertxBuilder builder = Vertx.builder()
                .with(new VertxOptions()
                        .setDisableTCCL(true)
                        .setPreferNativeTransport(true)
                        // One more than serve requests, for the admin endpoint.
                        .setEventLoopPoolSize(options.eventLoops() + 1));
        sockets.transport().ifPresent(builder::withTransport);
        return builder.build();
    }

    private static void publish(ConfigSource source, byte[] content) throws Exception {
        Checked<Snapshot> published = source.start(content).get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
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

    /** The revisions that are kept. */
    public History history() {
        return parts.changes().history();
    }

    /** That it has started on an earlier revision than it was meant to, as long as that is so. */
    public Optional<Fallback> fallback() {
        return parts.changes().fallback();
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

    /** Complete when a successor has taken over, and the last of what was under way here is over. */
    public CompletableFuture<Void> succeeded() {
        return charge.succeeded();
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
