package dev.jarway.runtime.history;

import java.io.IOException;
import java.nio.file.Path;

/** A file of the history is not as it was written. The message names the file, what was found and what was expected. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedException(Path file, String found, String expected) {
        super(file + ": " + found + " (expected: " + expected + ")");
    }
}
