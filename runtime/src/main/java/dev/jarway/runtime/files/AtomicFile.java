package dev.jarway.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/** The replacement of a file's content, whole or not at all, and still there after a crash. */
public final class AtomicFile {
    private static final String END = ".tmp";

    private AtomicFile() {}

    /** Replaces the content. A link stays a link; permissions stay as they are, and those of a new file are the owner's. */
    public static void write(Path file, byte[] content) throws IOException {
        var target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        replace(target, temporary -> {
            keepPermissions(target, temporary);
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        });
    }

    /**
     * Puts a copy of a file in a place. A link that is there is replaced itself.
     *
     * @param permissions of the copy, as in {@code rw-r--r--}
     */
    public static void copy(Path from, Path file, String permissions) throws IOException {
        replace(file.toAbsolutePath(), temporary -> {
            Files.copy(from, temporary, StandardCopyOption.REPLACE_EXISTING);
            if (Files.getFileAttributeView(temporary, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
            }
            force(temporary);
        });
    }

    /**
     * Gives the content of a file another name beside, without copying it where the file system can do that. The file must
     * not be written to any more.
     */
    public static void link(Path from, Path file) throws IOException {
        force(from);
        replace(file.toAbsolutePath(), temporary -> {
            Files.delete(temporary);
            try {
                Files.createLink(temporary, from);
            } catch (UnsupportedOperationException | IOException e) {
                Files.copy(from, temporary);
                force(temporary);
            }
        });
    }

    /** Removes a file, if it is there; it does not come back after a crash. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            forceNames(directory(file.toAbsolutePath()));
        }
    }

    /** Removes what writers that died have left in a directory, of files whose names match. Nobody may be writing there. */
    public static void deleteLeftovers(Path directory, Pattern names) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        var leftover = Pattern.compile("\\.(?:" + names.pattern() + ")\\d+" + Pattern.quote(END));
        try (var files = Files.newDirectoryStream(directory)) {
            for (var file : files) {
                if (leftover.matcher(file.getFileName().toString()).matches()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void replace(Path target, Filling filling) throws IOException {
        var directory = directory(target);
        var temporary = Files.createTempFile(directory, "." + target.getFileName(), END);
        try {
            filling.fill(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceNames(directory);
    }

    private static Path directory(Path target) throws IOException {
        var directory = target.getParent();
        if (directory == null) {
            throw new IOException(target + " (expected: a file)");
        }
        return directory;
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Without this a new name may be lost in a crash, though the content is on the disk. */
    private static void forceNames(Path directory) throws IOException {
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

    /** Gives a temporary file its content, and sees it onto the disk. */
    private interface Filling {
        void fill(Path temporary) throws IOException;
    }
}
