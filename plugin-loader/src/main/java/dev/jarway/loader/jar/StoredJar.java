package dev.jarway.loader.jar;

import java.nio.file.Path;
import java.util.List;

/**
 * A checked private copy of a plugin JAR.
 *
 * @param name of the file it was copied from, for messages
 * @param description what it says about itself
 * @param file the copy
 * @param libraries the JARs of its {@code lib/}, unpacked
 */
public record StoredJar(String name, PluginDescription description, Path file, List<Path> libraries) {
    public StoredJar {
        libraries = List.copyOf(libraries);
    }
}
