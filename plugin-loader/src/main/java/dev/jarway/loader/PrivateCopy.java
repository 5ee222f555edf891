package dev.jarway.loader;

import dev.jarway.loader.PluginRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The loader's own copy of a JAR, named by its content. The file that was given is not held open, so it can be replaced or
 * deleted at any time.
 *
 * @param path of the copy
 * @param sha256 of the content, in hexadecimal
 * @param size in bytes
 */
record PrivateCopy(Path path, String sha256, long size) {

    static PrivateCopy of(Path original, LoaderOptions options) throws PluginRefusedException {
        String file = String.valueOf(original.getFileName());
        Path directory = options.privateDirectory();
        try {
            Files.createDirectories(directory);
            Path temporary = Files.createTempFile(directory, "incoming", ".part");
            try {
                return take(file, original, temporary, options);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new PluginRefusedException(file, Reason.UNREADABLE, "cannot be read: " + e, e);
        }
    }

    private static PrivateCopy take(String file, Path original, Path temporary, LoaderOptions options)
            throws IOException, PluginRefusedException {
        long limit = options.limits().archiveBytes();
        MessageDigest digest = sha256Digest();
        long size = 0;
        try (InputStream in = Files.newInputStream(original);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
            byte[] buffer = new byte[64 * 1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > limit) {
                    throw new PluginRefusedException(
                            file, Reason.TOO_LARGE, "has more bytes than can be (expected: at most " + limit + ")");
                }
                out.write(buffer, 0, read);
            }
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        Path copy = options.privateDirectory().resolve(hash + ".jar");
        Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new PrivateCopy(copy, hash, size);
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has it.
        }
    }
}
