package dev.jarway.runtime.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The right to write, which one process has at a time. The system takes it back when the process ends, however it ends. */
final class WriterLock {
    private static final long STEP_MILLIS = 20;

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, waiting for another holder to give it up. */
    static WriterLock take(Path file, Duration patience) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!isTaken(channel)) {
                if (System.nanoTime() >= deadline) {
                    throw new IOException(
                            file.getParent() + ": another gateway writes here (expected: a data directory of its own)");
                }
                Thread.sleep(STEP_MILLIS);
            }
            return new WriterLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException(file + ": interrupted while waiting for the right to write", e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // Another gateway of this process has it.
        }
    }

    void release() throws IOException {
        channel.close();
    }
}
