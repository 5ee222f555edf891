package dev.jarway.loader.jar;

import com.github.zafarkhaja.semver.Version;
import java.util.Comparator;
import java.util.List;

/**
 * What a plugin JAR says about itself in its manifest, and what it is.
 *
 * @param id {@code Plugin-Id}
 * @param version {@code Plugin-Version}, a semantic version
 * @param requires {@code Plugin-Requires}, a range of the contract's version; {@code *} where the manifest has none
 * @param dependencies {@code Plugin-Dependencies}
 * @param description {@code Plugin-Description}; empty where the manifest has none
 * @param provider {@code Plugin-Provider}; empty where the manifest has none
 * @param factory the class named in {@code META-INF/services/dev.jarway.plugin.PluginFactory}
 * @param sha256 of the JAR, in hexadecimal
 * @param size of the JAR, in bytes
 */
public record PluginDescription(
        String id,
        String version,
        String requires,
        List<PluginRequirement> dependencies,
        String description,
        String provider,
        String factory,
        String sha256,
        long size) {

    /** Older versions first, by the precedence of semantic versioning. */
    public static final Comparator<PluginDescription> BY_VERSION =
            Comparator.comparing(description -> Version.parse(description.version()));

    public PluginDescription {
        dependencies = List.copyOf(dependencies);
    }
}
