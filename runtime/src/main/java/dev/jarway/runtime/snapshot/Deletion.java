package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.files.NotWrittenException;
import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The deletion of a file that goes with a publication, as long as it holds what is meant: somebody may have put another
 * version in its place that has not been taken yet.
 *
 * @param file to be deleted
 * @param sha256 of what it is to hold until then
 * @param files the change of files that deletes it
 */
record Deletion(Path file, String sha256, Rewrite files) implements BeforePublication {

    /** The file holds something else. */
    static final class OverwrittenException extends IOException {
        private static final long serialVersionUID = 1L;

        private OverwrittenException(Path file) {
            super(file + " holds something else by now");
        }
    }

    @Override
    public void run() throws IOException {
        if (Files.exists(file) && !hash().equals(sha256)) {
            throw new OverwrittenException(file);
        }
        files.run();
    }

    private String hash() throws NotWrittenException {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw new NotWrittenException(file, e);
        }
    }

    @Override
    public void undo() throws IOException {
        files.undo();
    }
}
