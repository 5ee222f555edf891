package dev.jarway.loader;

import dev.jarway.loader.jar.JarLimits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a {@link PluginLoader} works.
 *
 * @param privateDirectory where it keeps its copies of the JARs; made if need be, and used by no one else
 * @param limits what a JAR may hold
 * @param entryLimit how long a factory's static initialiser, constructor and {@code configType()} may take together
 * @param collectionLimit how long after its closing a generation becomes a zombie
 */
public record LoaderOptions(Path privateDirectory, JarLimits limits, Duration entryLimit, Duration collectionLimit) {

    public LoaderOptions {
        positive("entryLimit", entryLimit);
        positive("collectionLimit", collectionLimit);
    }

    /** With 10 seconds for entry, 30 for collection. */
    public LoaderOptions(Path privateDirectory, JarLimits limits) {
        this(privateDirectory, limits, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
