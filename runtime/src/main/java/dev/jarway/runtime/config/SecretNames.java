package dev.jarway.runtime.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys whose values are secret: those whose last word is one of a fixed list. {@code apiKey}, {@code client_secret} and
 * {@code password} are, {@code keyHeader}, {@code tokenUrl} and {@code maxTokens} with a number are not.
 */
final class SecretNames {
    private static final Set<String> WORDS = Set.of(
            "authorization",
            "credential",
            "credentials",
            "key",
            "keys",
            "passphrase",
            "passphrases",
            "passwd",
            "password",
            "passwords",
            "pwd",
            "secret",
            "secrets",
            "token",
            "tokens");
    private static final Set<String> FUSED = Set.of("apikey", "authtoken", "accesskey", "secretkey", "privatekey");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("://[^/?#\\s]*:[^/?#\\s]*@");

    private SecretNames() {}

    static boolean isSecret(String key) {
        var words = List.of(BETWEEN_WORDS.split(key));
        if (words.isEmpty()) {
            return false;
        }
        var last = words.getLast().toLowerCase(Locale.ROOT);
        var isPublic = words.size() > 1 && words.get(words.size() - 2).equalsIgnoreCase("public");
        return (WORDS.contains(last) || FUSED.contains(last)) && !isPublic;
    }

    /** Whether the place is below a key whose values are secret. */
    static boolean cover(String pointer) {
        return Pointer.segments(pointer).stream().anyMatch(SecretNames::isSecret);
    }

    /** Whether the text is an address with a password in it. */
    static boolean isRevealing(String text) {
        return USER_AND_PASSWORD.matcher(text).find();
    }
}
