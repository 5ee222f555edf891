package dev.jarway.runtime.snapshot;

import java.nio.file.Path;

/**
 * A file of the drop folder as it was last seen.
 *
 * @param path of the file
 * @param sha256 of its content, in hexadecimal
 */
public record JarSeen(Path path, String sha256) {}
