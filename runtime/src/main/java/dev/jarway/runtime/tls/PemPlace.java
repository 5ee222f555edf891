package dev.jarway.runtime.tls;

import dev.jarway.runtime.config.PemText;
import dev.jarway.runtime.tls.PemException.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a text in PEM stands: in a file, or in the configuration itself. Two are equal if they are the same place.
 *
 * @param text what it is, if it stands in the configuration; else empty
 * @param file where it stands, if that is a file; else empty
 */
record PemPlace(Optional<String> text, Optional<Path> file) {
    private static final long LARGEST_FILE = 1024 * 1024;

    /** What a text of the configuration means; relative paths begin at this directory. */
    static PemPlace of(String written, Path directory, Part part) throws PemException {
        if (PemText.isOne(written)) {
            return new PemPlace(Optional.of(written), Optional.empty());
        }
        try {
            Path file = directory.resolve(written).toAbsolutePath().normalize();
            return new PemPlace(Optional.empty(), Optional.of(file));
        } catch (InvalidPathException e) {
            throw new PemException(part, "not a path", "a file in PEM");
        }
    }

    /** What stands there now. */
    Pem read(Part part) throws PemException {
        if (file.isEmpty()) {
            return new Pem(text.orElseThrow());
        }
        try {
            if (Files.size(file.get()) > LARGEST_FILE) {
                throw new PemException(part, "a file of more than 1 MiB", "a file in PEM");
            }
            return new Pem(Files.readString(file.get(), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new PemException(part, file.get() + " is not there", "a file in PEM");
        } catch (IOException e) {
            throw new PemException(part, file.get() + " cannot be read: " + e, "a file in PEM");
        }
    }

    /** What is in it may be a secret. */
    @Override
    public String toString() {
        return file.map(Path::toString).orElse("PEM in the configuration");
    }
}
