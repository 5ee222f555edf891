package dev.jarway.loader.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A plugin's JAR in the making. Its manifest is right and its contents are empty, until a test says otherwise. */
public final class PluginJar {
    private static final String FACTORY_SERVICE = "META-INF/services/dev.jarway.plugin.PluginFactory";

    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private boolean manifest = true;

    private PluginJar() {}

    /** A plugin of that id and version. */
    public static PluginJar of(String id, String version) {
        return new PluginJar()
                .attribute("Plugin-Id", id)
                .attribute("Plugin-Version", version)
                .attribute("Plugin-Requires", ">=1.0.0 & <2.0.0");
    }

    /** A plain JAR, of a library for example. */
    public static PluginJar library() {
        return new PluginJar();
    }

    /** Sets an attribute of the manifest. */
    public PluginJar attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    /** Leaves the manifest out. */
    public PluginJar withoutManifest() {
        manifest = false;
        return this;
    }

    /** Compiles a source and adds its classes; public types are named as in the source. */
    public PluginJar source(String source, Path... classPath) {
        entries.putAll(PluginSource.compile(source, classPath));
        return this;
    }

    /** Compiles a source, and names its public class as the factory. */
    public PluginJar factory(String source, Path... classPath) {
        source(source, classPath);
        return factoryName(PluginSource.className(source));
    }

    /** Names a class as a factory, beside those that are named already. */
    public PluginJar factoryName(String className) {
        byte[] before = entries.getOrDefault(FACTORY_SERVICE, new byte[0]);
        return text(FACTORY_SERVICE, new String(before, StandardCharsets.UTF_8) + className + "\n");
    }

    /** Adds a text file. */
    public PluginJar text(String name, String text) {
        return bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file, under whatever name. */
    public PluginJar bytes(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    /** Adds another archive as a library of this one. */
    public PluginJar library(String name, PluginJar library) {
        return bytes("lib/" + name, library.toBytes());
    }

    /** The archive. Equal contents give equal bytes. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out =
                manifest ? new JarOutputStream(bytes, manifestOf(attributes)) : new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(stored(entry.getKey(), entry.getValue()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the archive in one go, by way of a temporary file, and gives its path. */
    public Path writeTo(Path file) {
        try {
            Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), ".jar", ".tmp");
            Files.write(temporary, toBytes());
            return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ZipEntry stored(String name, byte[] content) {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        return entry;
    }

    private static Manifest manifestOf(Map<String, String> attributes) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        return manifest;
    }
}
