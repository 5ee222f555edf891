package dev.jarway.loader;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.loader.heap.HeapSearch;
import dev.jarway.loader.heap.RootPath;
import dev.jarway.loader.holder.LeakReport;
import dev.jarway.loader.holder.Places;
import dev.jarway.loader.holder.Suspect;
import dev.jarway.loader.isolation.GenerationRegistry;
import dev.jarway.loader.jar.JarStore;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.loader.jar.PluginRefusedException;
import dev.jarway.loader.jar.StoredJar;
import dev.jarway.plugin.PluginIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugin JARs, each into a class loader of its own, and lets go of them again. Safe from any thread; what it does, it
 * does one thing after another on a thread of its own. What is attached to its futures runs elsewhere, so it may wait.
 */
public final class PluginLoader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PluginLoader.class);

    private final Boundary boundary = new Boundary();
    private final Places places = Places.all();
    private final JarStore store;
    private final FactoryEntry entry;
    private final Duration cleaningLimit;
    private final CollectionWatch watch;
    private final HeapSearch heap;
    private final ExecutorService owner = Executors.newSingleThreadExecutor(PluginLoader::ownerThread);
    private final Map<LoadedPlugin, Generation> open = new ConcurrentHashMap<>();

    // Touched by the owner's thread alone.
    private final GenerationRegistry registry = new GenerationRegistry();
    private long lastGeneration;

    private PluginLoader(LoaderOptions options, JarStore store) {
        this.store = store;
        entry = new FactoryEntry(boundary, options.entryLimit());
        cleaningLimit = options.entryLimit();
        heap = new HeapSearch(options.privateDirectory());
        watch = new CollectionWatch(options.collectionLimit(), places);
    }

    /**
     * A loader that keeps its copies of the JARs in the private directory. Copies left there by a process that died are
     * deleted.
     *
     * @throws java.io.UncheckedIOException if the directory cannot be used, or is in use
     */
    public static PluginLoader open(LoaderOptions options) {
        return new PluginLoader(options, JarStore.open(options.privateDirectory(), options.limits()));
    }

    /**
     * Loads a copy of the JAR as a new generation, whether or not the same plugin is loaded already. The given file is read
     * once and not held.
     *
     * <p>The future fails with {@link dev.jarway.loader.jar.PluginRefusedException} if the JAR may not or cannot be loaded.
     */
    public CompletableFuture<LoadedPlugin> load(Path jar) {
        return loadBeside(jar, any -> true);
    }

    /** Does what {@link #load} does, and chooses dependencies among these generations alone. The predicate must not wait. */
    public CompletableFuture<LoadedPlugin> loadBeside(Path jar, Predicate<LoadedPlugin> others) {
        return elsewhere(CompletableFuture.supplyAsync(() -> loadNow(jar, others), owner));
    }

    /**
     * Checks the JAR and reads its manifest, without loading a class of it and without asking whether the plugins that it
     * depends on are there. Does not wait for loads that are under way. The future fails as that of {@link #load} does.
     */
    public CompletableFuture<PluginDescription> inspect(Path jar) {
        return CompletableFuture.supplyAsync(() -> store.inspect(jar), Thread::startVirtualThread);
    }

    /**
     * Closes the generation's class loader, deletes its copy of the JAR and begins to watch whether it is collected. A
     * generation that others depend on is closed when the last of these is; until then the future waits.
     *
     * <p>The caller has closed all that came from the generation. The future fails with {@link IllegalStateException} if the
     * generation is ACTIVE; closing it again changes nothing.
     */
    public CompletableFuture<Void> unload(LoadedPlugin plugin) {
        var closed = CompletableFuture.supplyAsync(() -> unloadNow(plugin), owner)
                .thenCompose(generation ->
                        generation.map(Generation::closed).orElseGet(() -> CompletableFuture.completedFuture(null)));
        return elsewhere(closed);
    }

    /** Asks for a garbage collection and looks what became of a closed generation: COLLECTED or ZOMBIE. */
    public CompletableFuture<GenerationState> collect(LoadedPlugin plugin) {
        Generation generation = open.get(plugin);
        if (generation == null) {
            return watch.again(plugin);
        }
        if (plugin.state() == GenerationState.CLOSED) {
            return elsewhere(
                    generation.closed().thenCompose(closed -> watch.again(plugin))); // It is just being closed.
        }
        return CompletableFuture.failedFuture(
                new IllegalStateException("plugin " + plugin + ": " + plugin.state() + " (expected: closed)"));
    }

    /**
     * The shortest way from a root of the garbage collector to the class loader of a closed generation, by a heap dump. The JVM
     * stands still while it is written, which takes seconds; one is made at a time.
     *
     * <p>The future fails with {@link dev.jarway.loader.heap.HeapSearchException} if there cannot be a dump now, and with
     * {@link IllegalStateException} if the generation is not closed. One that is collected has no way to it.
     */
    public CompletableFuture<RootPath> pathTo(LoadedPlugin plugin) {
        boolean notClosed = open.containsKey(plugin); // First: see generations().
        var mark = watch.mark(plugin);
        if (mark.isEmpty() && notClosed) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("plugin " + plugin + ": " + plugin.state() + " (expected: closed)"));
        }
        return mark.map(it -> CompletableFuture.supplyAsync(() -> heap.pathTo(it), PluginLoader::startHeapThread))
                .orElseGet(() -> CompletableFuture.completedFuture(RootPath.GONE));
    }

    /** The generations whose classes a generation sees, through others too; none once it is closed. */
    public Set<LoadedPlugin> dependenciesOf(LoadedPlugin plugin) {
        return Optional.ofNullable(open.get(plugin)).stream()
                .flatMap(Generation::allDependencies)
                .map(Generation::plugin)
                .collect(Collectors.toSet());
    }

    /** The generations that are not yet COLLECTED, oldest first. */
    public List<LoadedPlugin> generations() {
        // In the order in which one moves from the one to the other; it is missed between the two otherwise.
        var notClosed = List.copyOf(open.keySet());
        return Stream.concat(notClosed.stream(), watch.uncollected().stream())
                .distinct()
                .sorted(Comparator.comparing(plugin -> plugin.identity().generation()))
                .toList();
    }

    /** The private copy of a generation's JAR, which nobody writes to. It is there until the generation is closed. */
    public Path copyOf(LoadedPlugin plugin) {
        return store.file(plugin.description().sha256());
    }

    /** The line that calls into these plugins cross. */
    public Boundary boundary() {
        return boundary;
    }

    /** Unloads everything, in order of dependency, and waits until it is closed. */
    @Override
    public void close() {
        if (owner.isShutdown()) {
            return;
        }
        CompletableFuture.runAsync(this::unloadAll, owner).join();
        owner.shutdown();
        watch.close();
        boundary.close();
        store.close();
    }

    // A caller that waits for one future in the callback of another would otherwise stop the owner's thread for good.
    private static <T extends @Nullable Object> CompletableFuture<T> elsewhere(CompletableFuture<T> future) {
        return future.whenCompleteAsync((result, failure) -> {}, Thread::startVirtualThread);
    }

    private static Thread ownerThread(Runnable work) {
        var thread = new Thread(work, "jarway-loader");
        thread.setDaemon(true);
        thread.setContextClassLoader(PluginLoader.class.getClassLoader());
        return thread;
    }

    private static void startHeapThread(Runnable work) {
        var thread = new Thread(work, "jarway-heap-search");
        thread.setDaemon(true);
        thread.setContextClassLoader(PluginLoader.class.getClassLoader());
        thread.start();
    }

    private LoadedPlugin loadNow(Path jar, Predicate<LoadedPlugin> others) {
        StoredJar stored = store.add(jar);
        Generation generation;
        try {
            generation = open(stored, others);
        } catch (RuntimeException e) {
            store.release(stored);
            throw e;
        }
        LoadedPlugin plugin = generation.plugin();
        open.put(plugin, generation);
        try {
            plugin.enterBy(entry.open(plugin, stored.name()));
        } catch (PluginRefusedException e) {
            generation.beginUnloading();
            close(generation);
            throw e;
        }
        log.info("Loaded plugin {} from {}", plugin, stored.name());
        return plugin;
    }

    private Generation open(StoredJar stored, Predicate<LoadedPlugin> others) {
        List<Generation> beside = open.values().stream()
                .filter(generation -> others.test(generation.plugin()))
                .toList();
        List<Generation> dependencies = new DependencyChoice(beside).of(stored);
        var description = stored.description();
        var identity = new PluginIdentity(description.id(), description.version(), ++lastGeneration);
        Suspect classLoader = registry.open(
                identity,
                stored,
                dependencies.stream().map(it -> it.plugin().identity()).toList());
        var plugin = new LoadedPlugin(identity, description, classLoader.classLoader());
        return new Generation(plugin, classLoader, stored, dependencies);
    }

    private Optional<Generation> unloadNow(LoadedPlugin plugin) {
        var generation = Optional.ofNullable(open.get(plugin));
        if (generation.isPresent() && plugin.state() == GenerationState.ACTIVE) {
            throw new IllegalStateException("plugin " + plugin + ": ACTIVE (expected: LOADED or DRAINING)");
        }
        generation.ifPresent(Generation::beginUnloading);
        generation.ifPresent(this::closeIfDue);
        return generation;
    }

    private void unloadAll() {
        List<Generation> all = List.copyOf(open.values());
        all.forEach(Generation::beginUnloading);
        all.forEach(this::closeIfDue);
    }

    private void closeIfDue(Generation generation) {
        if (generation.due() && open.containsKey(generation.plugin())) {
            close(generation);
        }
    }

    private void close(Generation generation) {
        LoadedPlugin plugin = generation.plugin();
        LeakReport cleaned = clean(generation);
        plugin.close(cleaned);
        logging(plugin, () -> registry.close(plugin.identity()));
        watch.watch(plugin, generation.classLoader());
        open.remove(plugin);
        logging(plugin, () -> store.release(generation.jar()));
        log.info("Closed plugin {}; cleaned {}", plugin, cleaned.cleaned());
        generation.leave();
        generation.dependencies().forEach(this::closeIfDue);
        generation.closed().complete(null);
    }

    // One step that fails keeps the plugin from being closed as little as the others.
    private static void logging(LoadedPlugin plugin, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("Closing plugin {} goes on after a failure", plugin, e);
        }
    }

    // Some of what is cleaned calls the plugin back, as a driver's deregistration may.
    private LeakReport clean(Generation generation) {
        Suspect suspect = generation.classLoader();
        try {
            return boundary.call(generation.plugin(), "clean-up", cleaningLimit, () -> {
                // Parts of the JDK that begin to live here must not take the plugin's class loader over.
                Thread.currentThread().setContextClassLoader(PluginLoader.class.getClassLoader());
                return places.clean(suspect);
            });
        } catch (PluginFault e) {
            return new LeakReport(List.of(), List.of(), List.of("not cleaned: " + e.getMessage()));
        }
    }
}
