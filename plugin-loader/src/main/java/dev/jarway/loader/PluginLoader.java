package dev.jarway.loader;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.jar.PluginDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Loads plugin JARs, each into a class loader of its own, and lets go of them again. Safe from any thread; what it does, it
 * does one thing after another on a thread of its own, where the futures it gives are completed too.
 */
public final class PluginLoader implements AutoCloseable {
    private final Boundary boundary = new Boundary();

    private final LoaderOptions options;

    private PluginLoader(LoaderOptions options) {
        this.options = options;
    }

    /**
     * A loader that keeps its copies of the JARs in the private directory. Copies left there by a process that died are
     * deleted.
     *
     * @throws java.io.UncheckedIOException if the directory cannot be used, or is in use
     */
    public static PluginLoader open(LoaderOptions options) {
        return new PluginLoader(options);
    }

    /**
     * Loads a copy of the JAR as a new generation, whether or not the same plugin is loaded already. The given file is read
     * once and not held.
     *
     * <p>The future fails with {@link dev.jarway.loader.jar.PluginRefusedException} if the JAR may not or cannot be loaded.
     */
    public CompletableFuture<LoadedPlugin> load(Path jar) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    /**
     * Checks the JAR and reads its manifest, without loading a class of it and without asking whether the plugins that it
     * depends on are there. The future fails as that of {@link #load} does.
     */
    public CompletableFuture<PluginDescription> inspect(Path jar) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    /**
     * Closes the generation's class loader, deletes its copy of the JAR and begins to watch whether it is collected. A
     * generation that others depend on is closed when the last of these is; until then the future waits.
     *
     * <p>The caller has closed all that came from the generation. The future fails with {@link IllegalStateException} if the
     * generation is ACTIVE; closing it again changes nothing.
     */
    public CompletableFuture<Void> unload(LoadedPlugin plugin) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    /** Asks for a garbage collection and looks what became of a closed generation: COLLECTED or ZOMBIE. */
    public CompletableFuture<GenerationState> collect(LoadedPlugin plugin) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
    }

    /** The generations that are not yet COLLECTED, oldest first. */
    public List<LoadedPlugin> generations() {
        return List.of();
    }

    /** The line that calls into these plugins cross. */
    public Boundary boundary() {
        return boundary;
    }

    /** Unloads everything, in order of dependency, and waits until it is closed. */
    @Override
    public void close() {
        boundary.close();
    }

    @Override
    public String toString() {
        return "PluginLoader[" + options.privateDirectory() + "]";
    }
}
