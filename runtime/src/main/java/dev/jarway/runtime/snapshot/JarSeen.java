package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of the drop folder as it was last seen.
 *
 * @param path of the file
 * @param sha256 of its content, in hexadecimal; empty if it could not be read
 */
public record JarSeen(Path path, String sha256) {

    /** Whether it has not changed since, or that cannot be told: loading it will say so, and why. */
    boolean isStillSo() {
        try {
            return sha256.equals(Sha256.of(path));
        } catch (NoSuchFileException e) {
            return sha256.isEmpty();
        } catch (IOException e) {
            return true;
        }
    }
}
