package dev.jarway.loader.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
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
    private final Map<String, Integer> users = new HashMap<>();

    private JarStore(StoreDirectory own, JarLimits limits) {
        this.own = own;
        this.directory = own.path();
        this.limits = limits;
    }

    /** Makes a directory in this one, and deletes those that dead processes left behind in it. */
    public static JarStore open(Path directory, JarLimits limits) {
        try {
            return new JarStore(StoreDirectory.in(directory), limits);
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

    /** Deletes the copy, unless it has been added once more than released. */
    public void release(StoredJar jar) {
        String hash = jar.description().sha256();
        if (users.merge(hash, -1, JarStore::sumOrNone) == null) {
            try {
                StoreDirectory.delete(directory.resolve(hash + ".jar"));
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
                return then.take(new IncomingJar(jar, incoming, limits).take());
            } finally {
                StoreDirectory.delete(incoming);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("private directory " + directory + ": cannot be used", e);
        }
    }

    private StoredJar keep(StoredJar taken) throws IOException {
        String hash = taken.description().sha256();
        Path file = directory.resolve(hash + ".jar");
        Path libraries = directory.resolve(hash + ".lib");
        if (!users.containsKey(hash)) {
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
