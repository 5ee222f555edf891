package dev.jarway.runtime.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** The replacement of a file's content, whole or not at all, and still there after a crash. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Replaces the content. A link stays a link; permissions stay as they are, and those of a new file are the owner's. */
    public static void write(Path file, byte[] content) throws IOException {
        var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        var directory = target.getParent();
        if (directory == null) {
            throw new IOException(target + " (expected: a file)");
        }
        var temporary = Files.createTempFile(directory, "." + target.getFileName(), ".tmp");
        try {
            keepPermissions(target, temporary);
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        // Without this the new name may be lost in a crash, though the content is on the disk.
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        var there = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (there != null && Files.exists(from)) {
            there.setPermissions(Files.getPosixFilePermissions(from));
        }
    }
}
