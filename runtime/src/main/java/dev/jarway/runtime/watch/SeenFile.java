package dev.jarway.runtime.watch;

import java.nio.file.Path;

/** One file of the drop folder, as it was when it held still. */
public sealed interface SeenFile {

    /** Where it stands, symbolic links not resolved. */
    Path path();

    /**
     * A file that could be read.
     *
     * @param sha256 of its content, in lower case hexadecimal digits
     * @param size in bytes
     */
    record Hashed(Path path, String sha256, long size) implements SeenFile {}

    /**
     * A file that could not be read.
     *
     * @param reason for the operator
     */
    record Unreadable(Path path, String reason) implements SeenFile {}
}
