package dev.jarway.runtime.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash by which contents are named and told apart. */
public final class Sha256 {
    private static final int BUFFER = 64 << 10;

    private final MessageDigest digest;

    /** Of nothing yet. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not there (expected: in every Java runtime)", e);
        }
    }

    /** The hash of these bytes, as {@link #hex} has it. */
    public static String of(byte[] bytes) {
        Sha256 hash = new Sha256();
        hash.add(bytes, bytes.length);
        return hash.hex();
    }

    /** The hash of a file's content, as {@link #hex} has it. */
    public static String of(Path file) throws IOException {
        Sha256 hash = new Sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n; (n = in.read(buffer)) >= 0; ) {
                hash.add(buffer, n);
            }
        }
        return hash.hex();
    }

    /** Goes on with the first bytes of these. */
    public void add(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** The hash of all that was added, in lower case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
