package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.files.NotWrittenException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload before it is a file of the drop folder: whole, in a hidden folder there. So a folder that is full or read-only
 * turns it away before any of it is loaded.
 */
public final class StagedJar implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StagedJar.class);
    private static final String HIDDEN = ".upload-";
    private static final String NAME = "upload.jar";

    /** No upload takes so long; what is older was left by a process that died. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Path hidden;

    private StagedJar(Path hidden) {
        this.hidden = hidden;
    }

    /** The way in which the file comes into being. Tests put full disks here. */
    interface NewFile {
        OutputStream create(Path file) throws IOException;
    }

    static StagedJar in(Path folder, byte[] jar) throws NotWrittenException {
        return in(folder, jar, Files::newOutputStream);
    }

    static StagedJar in(Path folder, byte[] jar, NewFile files) throws NotWrittenException {
        try {
            var staged = new StagedJar(Files.createTempDirectory(folder, HIDDEN));
            try (var out = files.create(staged.file())) {
                out.write(jar);
            } catch (IOException e) {
                staged.close();
                throw e;
            }
            return staged;
        } catch (IOException e) {
            throw new NotWrittenException(folder, e);
        }
    }

    /** Where it waits. */
    public Path file() {
        return hidden.resolve(NAME);
    }

    /** Deletes it if it is still here. */
    @Override
    public void close() {
        delete(hidden);
    }

    /** Deletes what processes that died have left in the folder. */
    static void deleteLeftovers(Path folder) {
        try (var found = Files.newDirectoryStream(folder, HIDDEN + "*")) {
            var old = Instant.now().minus(LONGEST);
            for (var hidden : found) {
                if (Files.getLastModifiedTime(hidden).toInstant().isBefore(old)) {
                    delete(hidden);
                }
            }
        } catch (IOException e) {
            log.warn("Uploads that were given up may be left in {}: {}", folder, e.toString());
        }
    }

    private static void delete(Path hidden) {
        try {
            Files.deleteIfExists(hidden.resolve(NAME));
            Files.deleteIfExists(hidden);
        } catch (IOException e) {
            log.warn("{} could not be deleted: {}", hidden, e.toString());
        }
    }
}
