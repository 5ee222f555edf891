package dev.jarway.runtime;

import dev.jarway.loader.LoaderOptions;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.jar.JarLimits;
import dev.jarway.runtime.StartException.Kind;
import dev.jarway.runtime.admin.AdminEndpoint;
import dev.jarway.runtime.admin.AdminToken;
import dev.jarway.runtime.balance.Caretaker;
import dev.jarway.runtime.balance.ConnectionPools;
import dev.jarway.runtime.balance.ServiceEndpoints;
import dev.jarway.runtime.balance.SystemNames;
import dev.jarway.runtime.balance.Timing;
import dev.jarway.runtime.balance.TlsMaterial;
import dev.jarway.runtime.config.AdminConfig;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.host.MemoryValues;
import dev.jarway.runtime.listener.EventLoops;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.listener.ListeningSockets;
import dev.jarway.runtime.overload.Overload;
import dev.jarway.runtime.overload.ProcessMeans;
import dev.jarway.runtime.rollout.RolloutJournal;
import dev.jarway.runtime.rollout.Rollouts;
import dev.jarway.runtime.snapshot.Changes;
import dev.jarway.runtime.snapshot.ConfigSource;
import dev.jarway.runtime.snapshot.DropFolder;
import dev.jarway.runtime.snapshot.PluginType;
import dev.jarway.runtime.snapshot.Snapshot;
import dev.jarway.runtime.snapshot.SnapshotHolder;
import dev.jarway.runtime.tls.CertificateShelf;
import dev.jarway.runtime.upgrade.Introduction;
import dev.jarway.runtime.upgrade.Reception;
import dev.jarway.runtime.upstream.HttpProbe;
import dev.jarway.runtime.upstream.Service;
import dev.jarway.runtime.watch.FileWatch;
import dev.jarway.runtime.watch.WatchOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The putting together of a gateway: its parts, made and started in the order in which they need each other. This class alone
 * knows them all.
 */
final class Assembly {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);
    private static final Duration LONGEST_STEP = Duration.ofMinutes(2);
    private static final Duration LONGEST_ENTRY = Duration.ofSeconds(10);
    private static final long VALUE_BYTES = 64L << 20;

    private final GatewayOptions options;
    private final Beginning beginning;
    private final Teardown teardown;

    /** Of one gateway, whose steps are to be taken back by this teardown. */
    Assembly(GatewayOptions options, Beginning beginning, Teardown teardown) {
        this.options = options;
        this.beginning = beginning;
        this.teardown = teardown;
    }

    /** Puts the parts together and starts them. What has been started is in the teardown, also if this fails. */
    Gateway start() throws Exception {
        FirstConfig config = new FirstConfig(options.config(), references());
        config.content();
        Path data = Files.createDirectories(options.data());
        History history = teardown.after(History.open(data.resolve("history")), History::close);
        ListeningSockets sockets = teardown.after(beginning.sockets(), ListeningSockets::closeUnused);
        InCharge charge = teardown.after(new InCharge(data, sockets, history), InCharge::close);
        beginning.prepare(charge);
        // Read after that: a change that the process before has not ended is taken back from the file too.
        byte[] content = config.content();
        Path folder = options.dropFolder(config.load(content, history).config());
        if (history.isWriting()) {
            deleteLeftovers(folder);
        }

        Vertx vertx = teardown.after(vertx(sockets), v -> await(v.close()));
        PluginLoader loader = teardown.after(
                PluginLoader.open(new LoaderOptions(
                        data.resolve("plugins"), JarLimits.DEFAULTS, LONGEST_ENTRY, options.collectionLimit())),
                PluginLoader::close);
        HostServices services = teardown.after(
                new HostServices(new SimpleMeterRegistry(), new MemoryValues(VALUE_BYTES)), HostServices::close);
        Boundary boundary = loader.boundary();
        ProcessMeans means = teardown.after(ProcessMeans.watch(sockets::connections), ProcessMeans::close);
        Overload overload = new Overload(means, System::gc);
        EventLoops loops = await(EventLoops.start(vertx, boundary, overload, options.eventLoops()));
        Caretaker caretaker = teardown.after(caretaker(vertx, loops), Caretaker::stop);
        SnapshotHolder holder = new SnapshotHolder(loops.all(), (now, replaced) -> {
            overload.follow(now.plan().overload());
            caretaker.follow(endpoints(List.of(now)), () -> endpoints(replaced.get()));
        });
        CertificateShelf certificates = teardown.after(
                CertificateShelf.open(options.directory(), WatchOptions.standard()), CertificateShelf::close);
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
                                certificates,
                                new TlsMaterial(vertx, options.directory()),
                                new Changes.Files(options.config(), folder))),
                Changes::stop);
        Listeners listeners = teardown.after(
                new Listeners(sockets, loops, holder::acquire, holder::tls), open -> letEnd(open, deadline(holder)));
        certificates.onChange(
                () -> {
                    var unused = listeners.renewTls();
                },
                () -> {
                    var unused = changes.renewTls();
                });
        ConfigSource source = new ConfigSource(options.config(), references(), changes, new Relisten(listeners));

        DropFolder drops = teardown.after(DropFolder.watch(folder, changes, source), DropFolder::close);
        publish(source, content);
        if (!history.isWriting() && changes.fallback().isPresent()) {
            // The gateway before serves well; there is no need to make do with an earlier revision.
            throw new StartException(
                    Kind.CONFIG,
                    "config " + source.file() + " cannot be applied",
                    changes.fallback().get().problems());
        }
        Rollouts rollouts =
                teardown.after(Rollouts.start(() -> scene(holder, changes), journal, options.clock()), Rollouts::stop);
        AdminToken token = AdminToken.of(options.adminToken(), data);
        AdminEndpoint.Parts parts = new AdminEndpoint.Parts(
                holder, changes, source, drops, loader::generations, loader, rollouts, listeners, overload);
        beginning.takeOver(charge, () -> {
            Optional<Revision> acknowledged = history.newest();
            drops.lookNow().get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
            source.lookNow().get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
            List<Problem> refused = new ArrayList<>(source.rejected());
            acknowledged.map(changes::lostOf).ifPresent(refused::addAll);
            requireNone(refused, source);
            changes.writeDown("the gateway was upgraded").get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
            // Last, so that it reaches rollouts too which the changes before it have begun.
            rollouts.catchUp().get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
        });
        rollouts.resume().get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
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
                changes, rollouts, listeners, () -> deadline(holder), adminSocket, () -> admin.close(), teardown::run));
        receive(charge);
        beginning.serve(sockets);
        return new Gateway(teardown, listeners, loader, parts, admin, charge);
    }

    private void receive(InCharge charge) throws IOException {
        Optional<String> obstacle = Reception.obstacle(options.data());
        if (obstacle.isPresent()) {
            log.info("This gateway cannot be upgraded without a pause: {}", obstacle.get());
            return;
        }
        Introduction introduction = Introduction.of(options.config(), options.plugins());
        teardown.after(Reception.open(options.data(), introduction, charge), Reception::close);
    }

    private static Rollouts.Scene scene(SnapshotHolder holder, Changes changes) {
        // Asked first: once it is not so any more, the snapshot is the one that was meant.
        boolean makeshift = changes.fallback().isPresent();
        Snapshot snapshot = holder.snapshot().orElseThrow();
        return new Rollouts.Scene(
                snapshot.rollouts().values(),
                snapshot.figures(),
                snapshot.inventory().all().stream().map(PluginType::figures).toList(),
                makeshift);
    }

    private static List<ServiceEndpoints> endpoints(List<Snapshot> snapshots) {
        return snapshots.stream()
                .flatMap(snapshot -> snapshot.plan().services().values().stream())
                .map(Service::endpoints)
                .toList();
    }

    private Caretaker caretaker(Vertx vertx, EventLoops loops) {
        List<Context> contexts =
                loops.all().stream().map(loop -> loop.scope().context()).toList();
        ConnectionPools pools = gone -> loops.all()
                .forEach(loop -> loop.scope()
                        .context()
                        .runOnContext(here -> loop.client().leave(gone)));
        return Caretaker.start(new Caretaker.Tools(
                new Timing(System::nanoTime, options.clock()),
                new HttpProbe(vertx, contexts),
                teardown.after(new SystemNames(), SystemNames::stop),
                pools));
    }

    /** Of writers that have died. The history's lock says that there is no other now. */
    private void deleteLeftovers(Path folder) throws IOException {
        String name = Pattern.quote(String.valueOf(options.config().getFileName()));
        AtomicFile.deleteLeftovers(options.directory(), Pattern.compile(name));
        AtomicFile.deleteLeftovers(folder, Pattern.compile(".*\\.(?:jar|zip)"));
    }

    private References references() {
        return new References(options.environment(), options.directory());
    }

    private Vertx vertx(ListeningSockets sockets) {
        return Vertx.builder()
                .with(new VertxOptions()
                        .setDisableTCCL(true)
                        .setPreferNativeTransport(true)
                        // One more than serve requests, for the admin endpoint.
                        .setEventLoopPoolSize(options.eventLoops() + 1))
                .withTransport(sockets.transport())
                .build();
    }

    private static void publish(ConfigSource source, byte[] content) throws Exception {
        Checked<Snapshot> published = source.start(content).get(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS);
        if (!published.problems().isEmpty()) {
            throw new StartException(
                    Kind.CONFIG, "config " + source.file() + " cannot be applied", published.problems());
        }
    }

    /** What was changed while this gateway loaded, and serves in the one before, would not serve any more. */
    private static void requireNone(List<Problem> refused, ConfigSource source) throws StartException {
        if (!refused.isEmpty()) {
            throw new StartException(
                    Kind.CONFIG,
                    "what was changed during the upgrade of " + source.file() + " cannot be applied",
                    refused);
        }
    }

    private static Duration deadline(SnapshotHolder holder) {
        return holder.snapshot()
                .map(snapshot -> snapshot.loaded().config().drain().deadline())
                .orElse(Duration.ZERO);
    }

    /** However long that is: what comes after this closes the plugins that the last requests are in. */
    private static void letEnd(Listeners listeners, Duration deadline) throws Exception {
        await(listeners.shutdown(deadline), deadline.plus(LONGEST_STEP));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return await(future, LONGEST_STEP);
    }

    private static <T> T await(Future<T> future, Duration limit) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
