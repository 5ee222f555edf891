package dev.jarway.loader.isolation;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Where one generation's classes and resources come from: its JAR, then the libraries of its JAR, held open. */
final class JarClasspath implements Closeable {
    private final List<JarFile> jars;

    private JarClasspath(List<JarFile> jars) {
        this.jars = List.copyOf(jars);
    }

    static JarClasspath open(Path jar, List<Path> libraries) throws IOException {
        var opened = new ArrayList<JarFile>();
        try {
            opened.add(open(jar));
            for (Path library : libraries) {
                opened.add(open(library));
            }
            return new JarClasspath(opened);
        } catch (IOException e) {
            new JarClasspath(opened).close();
            throw e;
        }
    }

    private static JarFile open(Path jar) throws IOException {
        return new JarFile(jar.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
    }

    /** The first entry of that name. */
    @Nullable
    JarResource find(String name) {
        return resources(name).findFirst().orElse(null);
    }

    /** All entries of that name. */
    List<JarResource> findAll(String name) {
        return resources(name).toList();
    }

    private Stream<JarResource> resources(String name) {
        return jars.stream().flatMap(jar -> {
            try {
                var entry = jar.getJarEntry(name);
                return entry == null ? Stream.empty() : Stream.of(new JarResource(jar, entry));
            } catch (IllegalStateException closed) {
                // As any class loader that is closed: what it has not loaded yet, it does not find any more.
                return Stream.empty();
            }
        });
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (JarFile jar : jars) {
            try {
                jar.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
