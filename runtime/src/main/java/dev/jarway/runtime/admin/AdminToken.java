package dev.jarway.runtime.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The word that opens the admin endpoint. Only its hash is kept in memory. */
public final class AdminToken {
    private static final String FILE = "admin-token";

    private final byte[] hash;

    private AdminToken(String token) {
        this.hash = sha256(token);
    }

    /**
     * The given token, or the one in the data directory, which is made at the first start and which only its owner may read.
     *
     * @throws IOException if the file cannot be read or made, or is empty
     */
    public static AdminToken of(Optional<String> given, Path data) throws IOException {
        return new AdminToken(given.isPresent() ? given.get() : inFile(data.resolve(FILE)));
    }

    private static String inFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            var ownersOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.createFile(file, ownersOnly);
            Files.writeString(file, HexFormat.of().formatHex(random) + "\n", StandardOpenOption.WRITE);
        }
        String token = Files.readString(file).strip();
        if (token.isEmpty()) {
            throw new IOException(file + " is empty (expected: the admin token; delete the file to have one made)");
        }
        return token;
    }

    /** Whether a request's {@code Authorization} carries it (RFC 6750 section 2.1). Takes as long for every wrong one. */
    boolean isIn(String authorization) {
        String scheme = "Bearer ";
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                && MessageDigest.isEqual(
                        hash, sha256(authorization.substring(scheme.length()).strip()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has it.
        }
    }
}
