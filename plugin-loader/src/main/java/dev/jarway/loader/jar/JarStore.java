package dev.jarway.loader.jar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The private directory: checked copies of plugin JARs, each named by its hash, {@code <sha256>.jar}, with what its
 * {@code lib/} held in {@code <sha256>.lib/}. Used by one thread, except for {@link #inspect}.
 */
public final class JarStore implements AutoCloseable {
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.(jar|lib)|incoming-.*");

    private final Path directory;
    private final JarLimits limits;
    private final PrivateFile files;
    private final FileChannel lock;
    private final Map<String, Integer> users = new HashMap<>();

    private JarStore(Path directory, JarLimits limits, PrivateFile files, FileChannel lock) {
        this.directory = directory;
        this.limits = limits;
        this.files = files;
        this.lock = lock;
    }

    /** Takes the directory for this process alone and deletes what another one left behind in it. */
    public static JarStore open(Path directory, JarLimits limits) {
        return open(directory, limits, Files::newOutputStream);
    }

    static JarStore open(Path directory, JarLimits limits, PrivateFile files) {
        try {
            Path absolute = Files.createDirectories(directory).toRealPath();
            var lock = lock(absolute);
            var store = new JarStore(absolute, limits, files, lock);
            store.deleteLeftovers();
            return store;
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
                delete(directory.resolve(hash + ".jar"));
                delete(directory.resolve(hash + ".lib"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
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
                delete(incoming);
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
        Path file = directory.resolve(hash + ".jar");
        Path libraries = directory.resolve(hash + ".lib");
        if (!users.containsKey(hash)) {
            delete(libraries); // What is left of an attempt that failed between the two moves.
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

    private static FileChannel lock(Path directory) throws IOException {
        var channel = FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another loader of this process has it, which is no better.
        }
        if (lock == null) {
            channel.close();
            throw new IOException(directory + ": in use by another loader (expected: a directory of its own)");
        }
        return channel;
    }

    private void deleteLeftovers() throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (OURS.matcher(file.getFileName().toString()).matches()) {
                    delete(file);
                }
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.isDirectory(tree)) {
            try (Stream<Path> children = Files.list(tree)) {
                for (Path child : children.toList()) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(tree);
    }

    /** What becomes of a checked copy, before it is deleted. */
    private interface Taken<T> {
        T take(StoredJar jar) throws IOException;
    }
}
