package dev.jarway.loader;

import com.github.zafarkhaja.semver.ParseException;
import com.github.zafarkhaja.semver.Version;
import dev.jarway.loader.PluginDescription.Dependency;
import dev.jarway.loader.PluginRefusedException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginDependency;

/** What a JAR's manifest says of the plugin, in PF4J's attributes, checked one by one. */
final class ManifestReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?");

    private final String file;
    private final Attributes attributes;

    private ManifestReader(String file, Attributes attributes) {
        this.file = file;
        this.attributes = attributes;
    }

    /** Reads the manifest of a copy whose hash and size are known. */
    static PluginDescription read(String file, PrivateCopy copy) throws PluginRefusedException {
        try (JarFile jar = new JarFile(copy.path().toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new PluginRefusedException(
                        file,
                        Reason.MANIFEST_INVALID,
                        "has no META-INF/MANIFEST.MF (expected: one with Plugin-Id and Plugin-Version)");
            }
            return new ManifestReader(file, manifest.getMainAttributes()).describe(copy);
        } catch (IOException e) {
            throw new PluginRefusedException(file, Reason.UNREADABLE, "manifest: " + e.getMessage(), e);
        }
    }

    private PluginDescription describe(PrivateCopy copy) throws PluginRefusedException {
        String id = required("Plugin-Id", "such as 'mock-response'");
        if (!ID.matcher(id).matches()) {
            throw invalid("Plugin-Id", id, "up to 64 of a-z, 0-9, '.' and '-', with a letter or digit at both ends");
        }
        String version = required("Plugin-Version", "such as '1.2.0'");
        if (!Version.isValid(version)) {
            throw invalid("Plugin-Version", version, "a semantic version, such as '1.2.0'");
        }
        String requires = optional("Plugin-Requires");
        return new PluginDescription(
                id,
                version,
                requires.isEmpty() ? "*" : range("Plugin-Requires", requires),
                dependencies(),
                optional("Plugin-Description"),
                optional("Plugin-Provider"),
                copy.sha256(),
                copy.size());
    }

    private List<Dependency> dependencies() throws PluginRefusedException {
        List<Dependency> dependencies = new ArrayList<>();
        for (String text : optional("Plugin-Dependencies").split(",", -1)) {
            if (!text.isBlank()) {
                PluginDependency parsed = new PluginDependency(text.strip());
                if (!ID.matcher(parsed.getPluginId()).matches()) {
                    throw invalid("Plugin-Dependencies", text, "id, id@range, or id?@range where it is optional");
                }
                dependencies.add(new Dependency(
                        parsed.getPluginId(),
                        range("Plugin-Dependencies", parsed.getPluginVersionSupport()),
                        parsed.isOptional()));
            }
        }
        return dependencies;
    }

    private String range(String attribute, String range) throws PluginRefusedException {
        try {
            Version.of(1).satisfies(range);
            return range;
        } catch (ParseException | IllegalArgumentException e) {
            throw invalid(attribute, range, "a range of versions, such as '>=1.0.0 & <2.0.0'");
        }
    }

    private String required(String attribute, String example) throws PluginRefusedException {
        String value = optional(attribute);
        if (value.isEmpty()) {
            throw new PluginRefusedException(
                    file,
                    Reason.MANIFEST_INVALID,
                    "manifest: no " + attribute + " (expected: " + attribute + ", " + example + ")");
        }
        return value;
    }

    private String optional(String attribute) {
        @Nullable String value = attributes.getValue(attribute);
        return value == null ? "" : value.strip();
    }

    private PluginRefusedException invalid(String attribute, String found, String expected) {
        return new PluginRefusedException(
                file,
                Reason.MANIFEST_INVALID,
                "manifest: " + attribute + ": '" + found + "' (expected: " + expected + ")");
    }
}
