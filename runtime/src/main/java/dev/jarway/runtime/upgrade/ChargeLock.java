package dev.jarway.runtime.upgrade;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The lock that says which process is in charge of a data directory, with its number in a file beside it. The system takes it
 * back when the process ends, however it ends. Used by one thread at a time.
 */
public final class ChargeLock implements AutoCloseable {
    private static final String LOCK = "gateway.lock";
    private static final String NUMBER = "gateway.pid";
    private static final long STEP_MILLIS = 10;

    private final Path data;
    private final FileChannel channel;

    private ChargeLock(Path data, FileChannel channel) {
        this.data = data;
        this.channel = channel;
    }

    /**
     * Takes the lock, waiting that long for another holder to let go.
     *
     * @throws IOException if another process is in charge; the message names it
     */
    public static ChargeLock take(Path data, Duration patience) throws IOException {
        FileChannel channel = FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!isTaken(channel)) {
                if (System.nanoTime() - deadline >= 0) {
                    throw new IOException(data + ": in use by the gateway of process " + holder(data)
                            + " (expected: a data directory of its own, or jarway upgrade)");
                }
                Thread.sleep(STEP_MILLIS);
            }
            writeNumber(data);
            return new ChargeLock(data, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException(data + ": interrupted while waiting for the gateway there", e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // Another gateway of this process has it.
        }
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
        channel.close();
    }

    /** Lets go for good. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            Files.deleteIfExists(data.resolve(NUMBER));
            channel.close();
        }
    }
}
