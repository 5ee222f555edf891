package dev.jarway.runtime.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;

/** What was to be kept could not be written down, so it was not done. The message says where, and why. */
public final class NotWrittenException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param place the file or folder that was to be written to */
    public NotWrittenException(Path place, IOException cause) {
        super(
                place + " cannot be written: " + reason(cause) + " (expected: room there, and the right to write)",
                cause);
    }

    private static String reason(IOException cause) {
        return cause instanceof FileSystemException file
                ? Objects.requireNonNullElse(file.getReason(), cause.getClass().getSimpleName())
                : Objects.requireNonNullElse(
                        cause.getMessage(), cause.getClass().getSimpleName());
    }
}
