package dev.jarway.samples.packaging;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** A plugin's JAR, its libraries unpacked. */
final class PluginJar {
    private static final String FACTORIES = "META-INF/services/dev.jarway.plugin.PluginFactory";

    private final Path file;
    private final List<Path> libraries;

    private PluginJar(Path file, List<Path> libraries) {
        this.file = file;
        this.libraries = libraries;
    }

    static PluginJar open(Path file, Path libraryDirectory) throws IOException {
        var libraries = new ArrayList<Path>();
        try (var jar = new JarFile(file.toFile())) {
            var entries = jar.stream()
                    .filter(entry -> entry.getName().matches("lib/.+\\.jar"))
                    .toList();
            for (var entry : entries) {
                var library = libraryDirectory.resolve(libraries.size() + ".jar");
                try (var in = jar.getInputStream(entry)) {
                    Files.copy(in, library);
                }
                libraries.add(library);
            }
        }
        return new PluginJar(file, List.copyOf(libraries));
    }

    Attributes manifest() throws IOException {
        try (var jar = new JarFile(file.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    List<String> factories() throws IOException {
        try (var jar = new JarFile(file.toFile());
                var in = jar.getInputStream(jar.getEntry(FACTORIES))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    /** The names of all entries, those in the libraries among them. */
    List<String> entries() throws IOException {
        var names = new ArrayList<String>();
        for (var path : all()) {
            try (var jar = new JarFile(path.toFile())) {
                jar.stream().forEach(entry -> names.add(entry.getName()));
            }
        }
        return names;
    }

    /** A class loader as the gateway has it: the plugin's own classes, and of all others only what the gateway shares. */
    URLClassLoader isolated() throws MalformedURLException {
        var urls = new ArrayList<URL>();
        for (var path : all()) {
            urls.add(path.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), new SharedClasses());
    }

    private List<Path> all() {
        var all = new ArrayList<Path>();
        all.add(file);
        all.addAll(libraries);
        return all;
    }
}
