package dev.jarway.loader.isolation;

import dev.jarway.loader.holder.Suspect;
import dev.jarway.loader.jar.StoredJar;
import dev.jarway.plugin.PluginIdentity;
import java.util.List;
import java.util.Objects;

/** The generations that are open, and the class loader of each. Used by one thread, because PF4J behind it must be. */
public final class GenerationRegistry {
    private final Pf4jGenerations generations = new Pf4jGenerations();

    /**
     * Makes a class loader for a new generation.
     *
     * @param dependencies whose classes it sees too; open until it is closed
     */
    public Suspect open(PluginIdentity identity, StoredJar jar, List<PluginIdentity> dependencies) {
        return generations.load(new Candidate(
                identity, jar, dependencies.stream().map(this::loader).toList()));
    }

    /** Closes the class loader of a generation and forgets it. */
    public void close(PluginIdentity identity) {
        generations.unload(identity.toString());
    }

    private GenerationClassLoader loader(PluginIdentity identity) {
        return (GenerationClassLoader)
                Objects.requireNonNull(generations.getPluginClassLoader(identity.toString()), "class loader");
    }
}
