package dev.jarway.runtime.snapshot;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.LoaderOptions;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.jar.JarLimits;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.runtime.balance.TlsMaterial;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.host.MemoryValues;
import dev.jarway.runtime.rollout.RolloutJournal;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import dev.jarway.runtime.tls.CertificateShelf;
import dev.jarway.runtime.watch.WatchOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** A place where snapshots are built, with one plugin there, {@code idle}, whose filters do nothing. */
final class BuildingSite implements AutoCloseable {
    private static final String SOURCE = """
            package acme;
            import dev.jarway.plugin.Action;
            import dev.jarway.plugin.Default;
            import dev.jarway.plugin.Filter;
            import dev.jarway.plugin.FilterPlugin;
            import dev.jarway.plugin.PluginContext;
            import dev.jarway.plugin.PluginFactory;
            import dev.jarway.plugin.Request;
            import jakarta.validation.constraints.Max;
            import jakarta.validation.constraints.Min;
            import jakarta.validation.constraints.NotBlank;
            public final class Idle implements PluginFactory<Idle.Config> {
                public record Config(@NotBlank String header, @Default("10") @Min(1) @Max(1000) int most) {}
                @Override public Class<Config> configType() { return Config.class; }
                @Override public FilterPlugin create(Config config, PluginContext context) {
                    return exchange -> new Filter() {
                        @Override public Action onRequestHeaders(Request request) { return Action.proceed(); }
                    };
                }
            }
            """;

    private final Path directory;
    private final Vertx vertx = Vertx.vertx();
    private final PluginLoader loader;
    private final HostServices services = new HostServices(new SimpleMeterRegistry(), new MemoryValues(1024));
    private final CertificateShelf certificates;
    private final SnapshotBuilder.Tools tools;
    private final Inventory inventory;

    private BuildingSite() throws IOException, InterruptedException, ExecutionException {
        directory = Files.createTempDirectory("jarway-building-site");
        loader = PluginLoader.open(new LoaderOptions(directory.resolve("private"), JarLimits.DEFAULTS));
        certificates = CertificateShelf.open(directory, WatchOptions.standard());
        tools = new SnapshotBuilder.Tools(
                loader.boundary(),
                services,
                1,
                RolloutJournal.open(directory.resolve("rollouts.json"), Clock.systemUTC()),
                certificates,
                new TlsMaterial(vertx, directory));
        Path jar = PluginJar.of("idle", "1.0.0")
                .source("acme.Idle", SOURCE)
                .service("acme.Idle")
                .in(directory);
        LoadedPlugin generation = loader.load(jar).get();
        PluginType type = PluginType.of(generation, loader.boundary(), tools.loops());
        inventory = Inventory.empty()
                .with("idle-1.0.0.jar", new JarFile.Fit(generation.description().sha256(), type));
    }

    static BuildingSite open() {
        try {
            return new BuildingSite();
        } catch (IOException | InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the plugin could not be loaded", e);
        }
    }

    /** The snapshot of a configuration, where that one is in force. */
    Snapshot build(LoadedConfig loaded, Optional<Snapshot> before) {
        return new SnapshotBuilder(loaded, inventory, before, tools)
                .build(1, Instant.EPOCH)
                .snapshot()
                .value();
    }

    /** For event loops. */
    Vertx vertx() {
        return vertx;
    }

    /** What plugins are loaded by. */
    PluginLoader loader() {
        return loader;
    }

    @Override
    public void close() throws IOException {
        loader.close();
        services.close();
        certificates.close();
        var unused = vertx.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
