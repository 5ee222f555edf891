package dev.jarway.loader;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a {@link PluginLoader} works with.
 *
 * @param privateDirectory where it keeps its own copies of archives; nobody else's, and created if need be
 * @param limits how big archives may be
 * @param startTimeout the most that making a factory may take, static initialisers included
 * @param collectTimeout how long to wait for a closed class loader to be collected before it is called a zombie
 */
public record LoaderOptions(
        Path privateDirectory, LoaderLimits limits, Duration startTimeout, Duration collectTimeout) {

    /** The usual limits. */
    public static LoaderOptions in(Path privateDirectory) {
        return new LoaderOptions(
                privateDirectory, LoaderLimits.DEFAULTS, Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
}
