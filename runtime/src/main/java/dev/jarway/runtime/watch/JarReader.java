package dev.jarway.runtime.watch;

import dev.jarway.runtime.files.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads JARs and ZIPs for their hash. The directory of a ZIP stands at its end, so one without it is still being written. */
final class JarReader implements FileReader<SeenFile> {
    private static final int BUFFER = 64 * 1024;

    @Override
    public Reading<SeenFile> read(Path path) throws IOException {
        var hash = new Sha256();
        long size = 0;
        try (var in = Files.newInputStream(path)) {
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                hash.add(buffer, length);
                size += length;
            }
        }
        return new Reading<>(
                new SeenFile.Hashed(path, hash.hex(), size),
                isWholeZip(path) ? Reading.Verdict.WHOLE : Reading.Verdict.PARTIAL);
    }

    @Override
    public boolean seesTheEnd() {
        return true;
    }

    @Override
    public SeenFile unreadable(Path path, String reason) {
        return new SeenFile.Unreadable(path, reason);
    }

    // Opening reads and checks the whole directory at the end.
    private static boolean isWholeZip(Path path) throws IOException {
        try (var zip = new ZipFile(path.toFile())) {
            return zip.size() >= 0 && ZipEnd.isOf(path);
        } catch (ZipException | EOFException e) {
            return false;
        }
    }
}
