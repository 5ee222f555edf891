package dev.jarway.runtime.config;

import dev.jarway.plugin.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where {@code ${env:NAME}} and {@code ${file:PATH}} lead: an environment, and a directory that relative paths begin at.
 *
 * @param environment the variables
 * @param directory the directory of the document
 */
public record References(Map<String, String> environment, Path directory) implements Secrets {
    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";
    private static final int LARGEST_FILE = 1024 * 1024;

    public References {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static References ofProcess(Path directory) {
        return new References(System.getenv(), directory);
    }

    /** {@inheritDoc} A file that is there but cannot be read is an {@link UncheckedIOException}. */
    @Override
    public Optional<String> find(String reference) {
        if (reference.startsWith(ENVIRONMENT)) {
            return Optional.ofNullable(environment.get(reference.substring(ENVIRONMENT.length())));
        }
        if (reference.startsWith(FILE)) {
            return content(directory.resolve(reference.substring(FILE.length())));
        }
        throw new IllegalArgumentException("reference to something else (expected: env:NAME or file:PATH)");
    }

    private static Optional<String> content(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(text(file).replaceFirst("\\r?\\n\\z", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a file says of its size is not asked: a device has none, and no end. */
    private static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new IOException("more than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }

    @Override
    public String toString() {
        return "References[" + directory + "]";
    }
}
