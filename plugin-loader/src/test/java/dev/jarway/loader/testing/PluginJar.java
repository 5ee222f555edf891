package dev.jarway.loader.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A plugin JAR in the making: sources are compiled, the rest is packed as it is, valid or not.
 *
 * <pre>{@code
 * Path jar = PluginJar.of("probe", "1.0.0").factory(PluginSource.of("acme.Probe")).in(directory);
 * }</pre>
 */
public final class PluginJar {
    private static final String SERVICES = "META-INF/services/dev.jarway.plugin.PluginFactory";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<Path> classPath = new ArrayList<>();
    private final List<String> factories = new ArrayList<>();

    private PluginJar(String name) {
        this.name = name;
    }

    /** With these as {@code Plugin-Id} and {@code Plugin-Version}. The file is called {@code id-version.jar}. */
    public static PluginJar of(String id, String version) {
        return new PluginJar(id + "-" + version + ".jar")
                .attribute("Plugin-Id", id)
                .attribute("Plugin-Version", version)
                .attribute("Plugin-Requires", ">=1.0.0");
    }

    /** Without a manifest: a library, or something broken. */
    public static PluginJar plain(String fileName) {
        return new PluginJar(fileName);
    }

    /** A whole plugin that does nothing. */
    public static PluginJar simple(String id, String version) {
        return of(id, version).factory(PluginSource.of("acme.Simple"));
    }

    /** Sets an attribute of the manifest. */
    public PluginJar attribute(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** Removes an attribute of the manifest. */
    public PluginJar withoutAttribute(String attribute) {
        attributes.remove(attribute);
        return this;
    }

    /** Adds a source file. */
    public PluginJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /** Adds a source file and names its class in the services file. */
    public PluginJar factory(PluginSource source) {
        return source(source.className(), source.text()).service(source.className());
    }

    /** Names a class in the services file. */
    public PluginJar service(String className) {
        factories.add(className);
        return this;
    }

    /** Adds a text file. */
    public PluginJar resource(String path, String text) {
        return entry(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds an entry under whatever name, valid or not. */
    public PluginJar entry(String path, byte[] bytes) {
        entries.put(path, bytes);
        return this;
    }

    /** Puts a JAR into {@code lib/}, and the sources are compiled against it. */
    public PluginJar library(Path jar) {
        try {
            return entry("lib/" + jar.getFileName(), Files.readAllBytes(jar)).compiledAgainst(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles the sources against a JAR that is not packed, such as another plugin's. */
    public PluginJar compiledAgainst(Path jar) {
        classPath.add(jar);
        return this;
    }

    /** Writes the JAR into the directory. */
    public Path in(Path directory) {
        return at(directory.resolve(name));
    }

    /** Writes the JAR to the file, in place of what is there. */
    public Path at(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JAR, byte by byte the same whenever it is made of the same parts. */
    public byte[] bytes() {
        var all = new LinkedHashMap<String, byte[]>();
        if (!attributes.isEmpty()) {
            all.put(MANIFEST, manifest());
        }
        if (!factories.isEmpty()) {
            all.put(SERVICES, String.join("\n", factories).getBytes(StandardCharsets.UTF_8));
        }
        if (!sources.isEmpty()) {
            all.putAll(SourceCompiler.compile(sources, classPath));
        }
        all.putAll(entries);
        return zip(all);
    }

    private byte[] manifest() {
        var text = new StringBuilder("Manifest-Version: 1.0\n");
        attributes.forEach((attribute, value) ->
                text.append(attribute).append(": ").append(value).append('\n'));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zip(Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                var zipEntry = new ZipEntry(entry.getKey());
                zipEntry.setTime(0);
                zip.putNextEntry(zipEntry);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
