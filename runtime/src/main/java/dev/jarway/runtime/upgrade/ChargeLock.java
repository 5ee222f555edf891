package dev.jarway.runtime.upgrade;

import dev.jarway.runtime.files.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * The lock that says which process is in charge of a data directory, with its number in a file beside it. Used by one thread
 * at a time.
 */
public final class ChargeLock implements AutoCloseable {
    private static final String LOCK = "gateway.lock";
    private static final String NUMBER = "gateway.pid";

    private final Path data;
    private final LockFile lock;

    private ChargeLock(Path data, LockFile lock) {
        this.data = data;
        this.lock = lock;
    }

    /**
     * Takes the lock, waiting that long for another holder to let go.
     *
     * @throws IOException if another process is in charge; the message names it
     */
    public static ChargeLock take(Path data, Duration patience) throws IOException {
        Optional<LockFile> taken = LockFile.take(data.resolve(LOCK), patience);
        if (taken.isEmpty()) {
            throw new IOException(data + ": in use by the gateway of process " + holder(data)
                    + " (expected: a data directory of its own, or jarway upgrade)");
        }
        try {
            writeNumber(data);
        } catch (IOException e) {
            taken.get().close();
            throw e;
        }
        return new ChargeLock(data, taken.get());
    }

    private static String holder(Path data) throws IOException {
        try {
            return Files.readString(data.resolve(NUMBER)).strip();
        } catch (NoSuchFileException e) {
            return "(unknown)";
        }
    }

    private static void writeNumber(Path data) throws IOException {
        Path written = Files.writeString(
                data.resolve(NUMBER + ".new"), ProcessHandle.current().pid() + "\n");
        Files.move(written, data.resolve(NUMBER), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Lets go for a successor, whose number is about to stand in the file. */
    public void handOver() throws IOException {
        lock.close();
    }

    /** Lets go for good. */
    @Override
    public void close() throws IOException {
        if (lock.isHeld()) {
            Files.deleteIfExists(data.resolve(NUMBER));
            lock.close();
        }
    }
}
