package dev.jarway.loader;

import java.util.List;

/**
 * What a plugin's JAR says of itself.
 *
 * @param id {@code Plugin-Id}
 * @param version {@code Plugin-Version}, a semantic version
 * @param requires {@code Plugin-Requires}, the range of contract versions that it works with; {@code *} if not said
 * @param dependencies {@code Plugin-Dependencies}
 * @param description {@code Plugin-Description}; may be empty
 * @param provider {@code Plugin-Provider}; may be empty
 * @param sha256 of the JAR, in hexadecimal
 * @param size of the JAR in bytes
 */
public record PluginDescription(
        String id,
        String version,
        String requires,
        List<Dependency> dependencies,
        String description,
        String provider,
        String sha256,
        long size) {
    public PluginDescription {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * Another plugin whose classes this one uses.
     *
     * @param id of the other plugin
     * @param range of its versions
     * @param optional whether this one works without it
     */
    public record Dependency(String id, String range, boolean optional) {}
}
