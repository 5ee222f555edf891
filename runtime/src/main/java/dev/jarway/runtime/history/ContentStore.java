package dev.jarway.runtime.history;

import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The contents that revisions name by their SHA-256: texts of configurations, and plugin JARs. Each is there once, under its
 * hash, and does not change. Written by one thread; reading is safe from any.
 */
final class ContentStore {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final Path directory;

    /** What this process has written, or has seen to be whole. */
    private final Set<String> whole = new HashSet<>();

    private ContentStore(Path directory) {
        this.directory = directory;
    }

    static ContentStore open(Path directory) throws IOException {
        return new ContentStore(Files.createDirectories(directory));
    }

    /** Keeps these bytes; says under which hash. */
    String keep(byte[] content) throws IOException {
        String sha256 = Sha256.of(content);
        if (!isKept(sha256)) {
            AtomicFile.write(file(sha256), content);
            whole.add(sha256);
        }
        return sha256;
    }

    /** Keeps a file that has this hash and that nobody writes to any more. */
    void keep(String sha256, Path unchanging) throws IOException {
        if (!isKept(sha256)) {
            AtomicFile.link(unchanging, file(sha256));
            whole.add(sha256);
        }
    }

    /** Keeps the content that a file has now; says under which hash. */
    String keepCopy(Path file) throws IOException {
        String sha256 = Sha256.of(file);
        if (!isKept(sha256)) {
            AtomicFile.copy(file, file(sha256), "rw-------");
            checked(sha256); // Somebody may be writing to it.
            whole.add(sha256);
        }
        return sha256;
    }

    private boolean isKept(String sha256) throws IOException {
        Path file = file(sha256);
        if (!Files.exists(file)) {
            return false;
        }
        if (!whole.contains(sha256) && Sha256.of(file).equals(sha256)) {
            whole.add(sha256);
        }
        return whole.contains(sha256);
    }

    /** The bytes, checked. */
    byte[] read(String sha256) throws IOException {
        Path file = file(sha256);
        if (!Files.exists(file)) {
            throw new DamagedException(file, "is missing", "a content that a revision names");
        }
        byte[] content = Files.readAllBytes(file);
        check(file, sha256, Sha256.of(content));
        return content;
    }

    /** The file with this content, checked. */
    Path checked(String sha256) throws IOException {
        Path file = file(sha256);
        if (!Files.exists(file)) {
            throw new DamagedException(file, "is missing", "a content that a revision names");
        }
        check(file, sha256, Sha256.of(file));
        return file;
    }

    private static void check(Path file, String sha256, String found) throws DamagedException {
        if (!found.equals(sha256)) {
            throw new DamagedException(file, "its SHA-256 is " + found, "the one that it is named by");
        }
    }

    /** Forgets all others. */
    void keepOnly(Set<String> named) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (HASH.matcher(name).matches() && !named.contains(name)) {
                    Files.deleteIfExists(file);
                    whole.remove(name);
                }
            }
        }
    }

    /** Removes what a writer that died has begun. */
    void deleteLeftovers() throws IOException {
        AtomicFile.deleteLeftovers(directory, HASH);
    }

    private Path file(String sha256) {
        return directory.resolve(sha256);
    }
}
