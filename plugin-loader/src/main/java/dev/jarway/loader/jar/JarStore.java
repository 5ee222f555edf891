package dev.jarway.loader.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * This process's part of the private directory: checked copies of plugin JARs, each named by its hash,
 * {@code <sha256>.jar}, with what its {@code lib/} held in {@code <sha256>.lib/}. Used by one thread, except for
 * {@link #inspect}.
 */
public final class JarStore implements AutoCloseable {
    private final StoreDirectory own;
    private final Path directory;
    private final JarLimits limits;
    private final PrivateFile files;
    private final Map<String, Integer> users = new HashMap<>();

    private JarStore(StoreDirectory own, JarLimits limits, PrivateFile files) {
        this.own = own;
        this.directory = own.path();
        this.limits = limits;
        this.files = files;
    }

    /** Makes a directory in this one, and deletes those that dead processes left behind in it. */
    public static JarStore open(Path directory, JarLimits limits) {
        return open(directory, limits, Files::newOutputStream);
    }

    static JarStore open(Path directory, JarLimits limits, PrivateFile files) {
        try {
            return new JarStore(StoreDirectory.in(directory), limits, files);
        } catch (IOException e) {
            throw new UncheckedIOException("private directory " + directory + ": cannot be used", e);
        }
    }

    /** Copies the JAR and checks the copy. Each one added is to be released. */
    public StoredJar add(Path jar) {
        return incoming(jar, this::keep);
    }

    /** Checks a copy of the JAR and throws it away. Safe from any thread. */
    public PluginDescription inspect(Path jar) {
        return incoming(jar, StoredJar::description);
    }

    /** Where the copy with this hash is, if there is one. Safe from any thread. */
    public Path file(String sha256) {
        return directory.resolve(sha256 + ".jar");
    }

    /** Deletes the copy, unless it has been added once more than released. */
    public void release(StoredJar jar) {
        String hash = jar.description().sha256();
        if (users.merge(hash, -1, JarStore::sumOrNone) == null) {
            try {
                StoreDirectory.delete(file(hash));
                StoreDirectory.delete(directory.resolve(hash + ".lib"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            own.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T incoming(Path jar, Taken<T> then) {
        try {
            Path incoming = Files.createTempDirectory(directory, "incoming-");
            try {
                return then.take(new IncomingJar(jar, incoming, limits, files).take());
            } finally {
                StoreDirectory.delete(incoming);
            }
        } catch (IOException e) {
            throw new PluginRefusedException(
                    String.valueOf(jar.getFileName()),
                    PluginRefusedException.Reason.NOT_COPIED,
                    "could not be copied into " + directory + ": " + reason(e),
                    "room there, and the right to write",
                    e);
        }
    }

    // Without the names of temporary files, so that the same trouble reads the same the next time.
    private static String reason(IOException e) {
        return e instanceof FileSystemException file
                ? Objects.requireNonNullElse(file.getReason(), e.getClass().getSimpleName())
                : Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }

    private StoredJar keep(StoredJar taken) throws IOException {
        String hash = taken.description().sha256();
        Path file = file(hash);
        Path libraries = directory.resolve(hash + ".lib");
        if (!users.containsKey(hash)) {
            StoreDirectory.delete(libraries); // What is left of an attempt that failed between the two moves.
            if (!taken.libraries().isEmpty()) {
                Files.move(taken.libraries().get(0).getParent(), libraries, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(taken.file(), file, StandardCopyOption.ATOMIC_MOVE);
        }
        users.merge(hash, 1, Integer::sum);
        return new StoredJar(
                taken.name(),
                taken.description(),
                file,
                taken.libraries().stream()
                        .map(library -> libraries.resolve(library.getFileName()))
                        .toList());
    }

    private static @Nullable Integer sumOrNone(Integer users, Integer change) {
        return users + change == 0 ? null : users + change;
    }

    /** What becomes of a checked copy, before it is deleted. */
    private interface Taken<T> {
        T take(StoredJar jar) throws IOException;
    }
}
