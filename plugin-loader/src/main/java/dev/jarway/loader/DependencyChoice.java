package dev.jarway.loader;

import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.loader.jar.PluginRefusedException;
import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.loader.jar.PluginRequirement;
import dev.jarway.loader.jar.StoredJar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The generations that a JAR's dependencies come to mean: of each, the newest version in range, and of that the newest
 * generation. The choice holds for the dependent's whole life.
 */
final class DependencyChoice {
    private static final Comparator<Generation> NEWEST_LAST = Comparator.<Generation, PluginDescription>comparing(
                    generation -> generation.plugin().description(), PluginDescription.BY_VERSION)
            .thenComparing(generation -> generation.plugin().identity().generation());

    private final Collection<Generation> loaded;

    DependencyChoice(Collection<Generation> loaded) {
        this.loaded = loaded;
    }

    List<Generation> of(StoredJar jar) {
        var chosen = new ArrayList<Generation>();
        for (PluginRequirement requirement : jar.description().dependencies()) {
            var found = newest(requirement);
            if (found.isEmpty() && !requirement.optional()) {
                throw new PluginRefusedException(
                        jar.name(),
                        Reason.MISSING_DEPENDENCY,
                        "of plugin '" + requirement.id() + "' there is " + versions(requirement.id()),
                        "Plugin-Dependencies: " + requirement);
            }
            found.ifPresent(chosen::add);
        }
        return chosen;
    }

    private Optional<Generation> newest(PluginRequirement requirement) {
        return loaded.stream()
                .filter(Generation::open)
                .filter(generation -> requirement.fits(generation.plugin().description()))
                .max(NEWEST_LAST);
    }

    private String versions(String id) {
        String versions = loaded.stream()
                .filter(Generation::open)
                .map(Generation::plugin)
                .filter(plugin -> plugin.identity().id().equals(id))
                .map(plugin -> plugin.identity().version())
                .distinct()
                .collect(Collectors.joining(", "));
        return versions.isEmpty() ? "none" : versions;
    }
}
