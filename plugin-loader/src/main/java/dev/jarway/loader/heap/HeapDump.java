package dev.jarway.loader.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file with all live objects of this JVM, which nobody else may read, for it holds secrets too. Deleted when it is closed. The
 * JVM stops while it writes.
 */
final class HeapDump implements AutoCloseable {
    private final Path directory;

    private HeapDump(Path directory) {
        this.directory = directory;
    }

    /** Makes one in a new directory of that name within the directory. */
    static HeapDump make(Path within, String name) throws IOException {
        @Nullable HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm == null) {
            throw new IOException("heap dump: this JVM makes none (expected: a HotSpot JVM)");
        }
        demandRoom(within);
        // Its mode is 0700, whatever the umask, so the file is behind a closed door from its first byte on.
        var dump = new HeapDump(Files.createTempDirectory(within, name));
        try {
            jvm.dumpHeap(dump.file().toString(), true);
        } catch (IOException | RuntimeException e) {
            dump.close();
            throw e;
        }
        return dump;
    }

    private static void demandRoom(Path within) throws IOException {
        long needed = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        long there = Files.getFileStore(within).getUsableSpace();
        if (there < needed + needed / 2) {
            throw new FileSystemException(
                    within.toString(),
                    null,
                    "heap dump: %d MB of room (expected: %d MB)".formatted(there >> 20, (needed + needed / 2) >> 20));
        }
    }

    Path file() {
        return directory.resolve("heap.hprof");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file());
        Files.deleteIfExists(directory);
    }
}
