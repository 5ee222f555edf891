package dev.jarway.runtime.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** A file that one process holds at a time. The system takes it back when the process ends, however it ends. */
public final class LockFile implements AutoCloseable {
    private static final long STEP_MILLIS = 10;

    private final FileChannel channel;

    private LockFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it, waiting that long for another holder to let go; empty if that one does not. */
    public static Optional<LockFile> take(Path file, Duration patience) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!isTaken(channel)) {
                if (System.nanoTime() - deadline >= 0) {
                    channel.close();
                    return Optional.empty();
                }
                Thread.sleep(STEP_MILLIS);
            }
            return Optional.of(new LockFile(channel));
        } catch (IOException e) {
            channel.close();
            throw e;
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new IOException(file + ": interrupted while waiting for who holds it", e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // Another gateway of this process has it.
        }
    }

    /** Whether it has not been let go yet. */
    public boolean isHeld() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
