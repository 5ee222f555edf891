package dev.jarway.loader.jar;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that one store has to itself, beside those of others in one private directory: a gateway and its successor load
 * their plugins side by side. It is locked as long as it is in use, so whoever can lock one may delete it.
 */
final class StoreDirectory implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final String NAME = "store-";
    private static final Pattern LEFT = Pattern.compile("[0-9a-f]{64}\\.(jar|lib)|(incoming|heap)-.*");
    private static final long STEP_MILLIS = 10;
    private static final int MOST_STEPS = 1_000;

    /**
     * Those of this process. A lock belongs to a process as a whole: to try one of these, and then to close the file, would
     * take it away from its owner.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private StoreDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes one, and deletes what dead processes have left. Waits while another process does the same. */
    static StoreDirectory in(Path shared) throws IOException {
        Path absolute = Files.createDirectories(shared).toRealPath();
        synchronized (OWN) {
            FileChannel alone = waitForLock(absolute);
            try (alone) {
                deleteLeftovers(absolute);
                Path path = Files.createTempDirectory(absolute, NAME);
                FileChannel lock = tryLock(path);
                if (lock == null) {
                    throw new IOException(path + ": cannot be locked");
                }
                OWN.add(path);
                return new StoreDirectory(path, lock);
            }
        }
    }

    Path path() {
        return path;
    }

    /** Deletes it. */
    @Override
    public void close() throws IOException {
        try (lock) {
            delete(path);
        } finally {
            OWN.remove(path);
        }
    }

    private static FileChannel waitForLock(Path directory) throws IOException {
        for (int step = 0; step < MOST_STEPS; step++) {
            FileChannel lock = tryLock(directory);
            if (lock != null) {
                return lock;
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IOException(directory + ": in use by another loader (expected: a directory of its own)");
    }

    private static @Nullable FileChannel tryLock(Path directory) throws IOException {
        var channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Something else in this process has it, which is no better.
        }
        if (lock == null) {
            channel.close();
            return null;
        }
        return channel;
    }

    private static void deleteLeftovers(Path shared) throws IOException {
        try (var files = Files.newDirectoryStream(shared)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (LEFT.matcher(name).matches()) {
                    delete(file);
                } else if (name.startsWith(NAME) && !OWN.contains(file)) {
                    deleteIfDead(file);
                }
            }
        }
    }

    private static void deleteIfDead(Path directory) throws IOException {
        try (FileChannel lock = tryLock(directory)) {
            if (lock != null) {
                delete(directory);
            }
        } catch (NoSuchFileException e) {
            // Its owner has deleted it just now.
        }
    }

    /** Deletes a file, or a directory with all that is in it, as far as it is there. */
    static void delete(Path tree) throws IOException {
        if (Files.isDirectory(tree)) {
            for (Path child : children(tree)) {
                delete(child);
            }
        }
        Files.deleteIfExists(tree);
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }
}
