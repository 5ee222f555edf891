package dev.jarway.loader;

import com.github.zafarkhaja.semver.Version;
import dev.jarway.loader.PluginDescription.Dependency;
import dev.jarway.loader.PluginRefusedException.Reason;
import dev.jarway.loader.leak.Holders;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.PluginIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugin JARs, each into a class loader of its own, and lets go of them again. Everything happens on one thread of its
 * own, in the order in which it was asked for; the methods may be called from any thread.
 */
public final class PluginLoader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PluginLoader.class);
    private static final Comparator<Present> NEWEST_FIRST = Comparator.comparing((Present present) ->
                    Version.parse(present.plugin().description().version()))
            .thenComparing(present -> present.plugin().identity().generation())
            .reversed();

    private final LoaderOptions options;
    private final Boundary boundary;
    private final HostView host = new HostView(PluginLoader.class.getClassLoader());
    private final LeakWatch leaks;
    private final Pf4jGenerations pf4j;
    private final Map<LoadedPlugin, Present> present = new LinkedHashMap<>();
    private final ExecutorService thread;
    private long generations;

    /** A generation that is loaded, and what it was loaded from and with. */
    private record Present(
            LoadedPlugin plugin, PrivateCopy copy, GenerationClassLoader loader, List<Present> dependencies) {}

    /** What is needed to make a class loader. */
    private record Checked(String file, PrivateCopy copy, PluginDescription description, FactoryEntry factory) {}

    private PluginLoader(LoaderOptions options, Boundary boundary) {
        this.options = options;
        this.boundary = boundary;
        this.leaks = LeakWatch.start(options.collectTimeout());
        this.pf4j = new Pf4jGenerations(options.privateDirectory());
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("jarway-loader").factory());
    }

    /** A loader that calls into plugins over this boundary. */
    public static PluginLoader open(LoaderOptions options, Boundary boundary) {
        return new PluginLoader(options, boundary);
    }

    /**
     * Loads a JAR as a new generation. The file is read once, and not held.
     *
     * @return fails with {@link PluginRefusedException}; nothing of the plugin is left then
     */
    public CompletableFuture<LoadedPlugin> load(Path jar) {
        return onThread(() -> loadNow(jar));
    }

    /**
     * Looks at a JAR without running anything of it.
     *
     * @return fails with {@link PluginRefusedException}
     */
    public CompletableFuture<PluginDescription> inspect(Path jar) {
        return onThread(() -> {
            Checked checked = check(jar);
            deleteIfUnused(checked.copy());
            return checked.description();
        });
    }

    /**
     * Lets go of a generation: its factory, its class loader, its files. Whoever still runs its code can do so, but cannot load
     * more of it. Generations that depend on it go on using the classes that they have.
     */
    public CompletableFuture<Void> unload(LoadedPlugin plugin) {
        return onThread(() -> {
            Present gone = present.remove(plugin);
            if (gone != null) {
                close(gone);
            }
            return null;
        });
    }

    private LoadedPlugin loadNow(Path jar) throws PluginRefusedException {
        Checked checked = check(jar);
        PluginDescription description = checked.description();
        List<Present> dependencies = dependencies(checked);
        PluginIdentity identity = new PluginIdentity(description.id(), description.version(), ++generations);
        GenerationClassLoader loader = classLoader(checked, identity, dependencies);
        try {
            PluginFactory<?> factory = boundary.callApart(
                    identity,
                    loader,
                    "start",
                    options.startTimeout(),
                    () -> checked.factory().create(loader));
            LoadedPlugin plugin = new LoadedPlugin(identity, description, checked.file(), loader, factory);
            pf4j.add(options.privateDirectory(), generation(identity, description, dependencies, loader));
            present.put(plugin, new Present(plugin, checked.copy(), loader, dependencies));
            log.info("Loaded plugin {} from {}", identity, checked.file());
            return plugin;
        } catch (PluginFault fault) {
            closeQuietly(loader);
            deleteIfUnused(checked.copy());
            throw refusal(checked.file(), fault);
        } catch (InterruptedException e) {
            closeQuietly(loader);
            Thread.currentThread().interrupt();
            throw new PluginRefusedException(checked.file(), Reason.FACTORY_FAILED, "loading was interrupted", e);
        }
    }

    private static PluginRefusedException refusal(String file, PluginFault fault) {
        String text = String.valueOf(fault.getMessage());
        int refused = text.indexOf(FactoryEntry.REFUSED);
        return refused < 0
                ? new PluginRefusedException(file, Reason.FACTORY_FAILED, text, fault)
                : new PluginRefusedException(
                        file, Reason.NOT_A_FACTORY, text.substring(refused + FactoryEntry.REFUSED.length()), fault);
    }

    private Checked check(Path jar) throws PluginRefusedException {
        String file = String.valueOf(jar.getFileName());
        PrivateCopy copy = PrivateCopy.of(jar, options);
        try {
            ArchiveCheck.check(file, copy.path(), options.limits());
            PluginDescription description = ManifestReader.read(file, copy);
            if (!ContractVersion.satisfies(description.requires())) {
                throw new PluginRefusedException(
                        file,
                        Reason.CONTRACT_MISMATCH,
                        "was built against another contract: Plugin-Requires " + description.requires()
                                + " (expected: a range that " + ContractVersion.current() + " is in)");
            }
            return new Checked(file, copy, description, FactoryEntry.read(file, copy.path()));
        } catch (PluginRefusedException e) {
            deleteIfUnused(copy);
            throw e;
        }
    }

    /** The newest generation in range for each dependency. */
    private List<Present> dependencies(Checked checked) throws PluginRefusedException {
        List<Present> found = new ArrayList<>();
        for (Dependency dependency : checked.description().dependencies()) {
            Optional<Present> newest = present.values().stream()
                    .filter(candidate -> candidate.plugin().description().id().equals(dependency.id()))
                    .filter(candidate -> satisfies(candidate, dependency.range()))
                    .min(NEWEST_FIRST);
            if (newest.isEmpty() && !dependency.optional()) {
                deleteIfUnused(checked.copy());
                throw new PluginRefusedException(
                        checked.file(),
                        Reason.MISSING_DEPENDENCY,
                        "needs plugin " + dependency.id() + " in range " + dependency.range()
                                + ", which is not loaded (expected: its JAR in the same folder)");
            }
            newest.ifPresent(found::add);
        }
        return found;
    }

    private static boolean satisfies(Present candidate, String range) {
        return range.equals("*")
                || Version.parse(candidate.plugin().description().version()).satisfies(range);
    }

    private GenerationClassLoader classLoader(Checked checked, PluginIdentity identity, List<Present> dependencies)
            throws PluginRefusedException {
        try {
            List<Path> archives = Libraries.unpacked(checked.copy(), options.privateDirectory());
            return new GenerationClassLoader(
                    identity,
                    archives,
                    host,
                    dependencies.stream().map(Present::loader).toList());
        } catch (IOException e) {
            throw new PluginRefusedException(checked.file(), Reason.UNREADABLE, "cannot be opened: " + e, e);
        }
    }

    private static Pf4jGenerations.Generation generation(
            PluginIdentity identity, PluginDescription description, List<Present> dependencies, ClassLoader loader) {
        List<String> ids = dependencies.stream()
                .map(dependency -> dependency.plugin().identity().toString())
                .toList();
        return new Pf4jGenerations.Generation(description, identity.toString(), ids, loader);
    }

    private void close(Present gone) {
        LoadedPlugin plugin = gone.plugin();
        Holders.clean(gone.loader()).forEach(cleaned -> log.info("Plugin {}: {}", plugin, cleaned));
        leaks.watch(plugin, gone.loader());
        try {
            pf4j.remove(plugin.identity().toString());
        } finally {
            closeQuietly(gone.loader());
            plugin.release();
            deleteIfUnused(gone.copy());
        }
        log.info("Closed plugin {}", plugin);
    }

    private static void closeQuietly(GenerationClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            log.warn("{} could not be closed", loader, e);
        }
    }

    /** Two generations of the same bytes share their copy; it goes with the last of them. */
    private void deleteIfUnused(PrivateCopy copy) {
        boolean used =
                present.values().stream().anyMatch(other -> other.copy().path().equals(copy.path()));
        if (!used) {
            Libraries.delete(copy, options.privateDirectory());
        }
    }

    private <T> CompletableFuture<T> onThread(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Lets go of all generations. */
    @Override
    public void close() {
        onThread(() -> {
                    List<Present> all = new ArrayList<>(present.values()).reversed();
                    present.clear();
                    all.forEach(this::close);
                    return null;
                })
                .join();
        thread.shutdown();
        leaks.close();
    }
}
