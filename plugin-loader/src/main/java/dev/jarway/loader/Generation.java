package dev.jarway.loader;

import dev.jarway.loader.holder.Suspect;
import dev.jarway.loader.jar.StoredJar;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What the loader keeps of a generation while it is open: all that has to be let go of when it closes. */
final class Generation {
    private final LoadedPlugin plugin;
    private final Suspect classLoader;
    private final StoredJar jar;
    private final List<Generation> dependencies;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private int dependents;
    private boolean unloading;

    Generation(LoadedPlugin plugin, Suspect classLoader, StoredJar jar, List<Generation> dependencies) {
        this.plugin = plugin;
        this.classLoader = classLoader;
        this.jar = jar;
        this.dependencies = List.copyOf(dependencies);
        dependencies.forEach(dependency -> dependency.dependents++);
    }

    LoadedPlugin plugin() {
        return plugin;
    }

    Suspect classLoader() {
        return classLoader;
    }

    StoredJar jar() {
        return jar;
    }

    /** The generations whose classes it sees; they stay open for it. */
    List<Generation> dependencies() {
        return dependencies;
    }

    /** Likewise, with theirs. */
    Stream<Generation> allDependencies() {
        return dependencies.stream()
                .flatMap(dependency -> Stream.concat(Stream.of(dependency), dependency.allDependencies()));
    }

    /** Completes when it is closed. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Somebody has asked to unload it. It is closed as soon as no other generation sees its classes. */
    void beginUnloading() {
        unloading = true;
    }

    /** Whether others may still come to depend on it. */
    boolean open() {
        return !unloading;
    }

    /** Whether it can be closed now. */
    boolean due() {
        return unloading && dependents == 0;
    }

    /** Says that it needs its dependencies no more. */
    void leave() {
        dependencies.forEach(dependency -> dependency.dependents--);
    }
}
