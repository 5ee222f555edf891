package dev.jarway.loader.isolation;

import dev.jarway.loader.jar.StoredJar;
import dev.jarway.plugin.PluginIdentity;
import java.util.List;

/**
 * A generation that PF4J is about to be told of.
 *
 * @param identity what it is called here and, in its text form, by PF4J
 * @param jar where its classes are
 * @param dependencies whose classes it sees
 */
record Candidate(PluginIdentity identity, StoredJar jar, List<GenerationClassLoader> dependencies) {
    Candidate {
        dependencies = List.copyOf(dependencies);
    }
}
