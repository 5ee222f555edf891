package dev.jarway.runtime.admin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Content-Digest} of a body (RFC 9530). */
final class ContentDigest {
    private static final Pattern SHA_256 = Pattern.compile("(?:^|[,\\s])sha-256=:([A-Za-z0-9+/=]+):");

    private ContentDigest() {}

    /** Whether the field fits the body; a request without the field makes no claim. */
    static boolean fits(@Nullable String field, byte[] body) {
        if (field == null) {
            return true;
        }
        Matcher digest = SHA_256.matcher(field);
        return digest.find() && digest.group(1).equals(Base64.getEncoder().encodeToString(sha256(body)));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has it.
        }
    }
}
