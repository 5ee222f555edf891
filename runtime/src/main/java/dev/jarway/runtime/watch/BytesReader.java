package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file whole. An empty one is taken for one that has just been cut and is about to be written. */
final class BytesReader implements FileReader<FileContent> {
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    @Override
    public Reading<FileContent> read(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("over " + MAX_BYTES + " bytes (expected: at most that)");
            }
            return new Reading<>(
                    new FileContent.Found(bytes), bytes.length == 0 ? Reading.Verdict.PARTIAL : Reading.Verdict.WHOLE);
        }
    }

    /** A text may end anywhere: half of a configuration is often another configuration. */
    @Override
    public boolean seesTheEnd() {
        return false;
    }

    @Override
    public FileContent unreadable(Path path, String reason) {
        return new FileContent.Unreadable(reason);
    }
}
