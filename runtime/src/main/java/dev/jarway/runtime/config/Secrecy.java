package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How much of what stands below a key is secret. The last word of the key decides: that of {@code client_secret},
 * {@code apiKey} and {@code password} does, that of {@code keyHeader} and {@code tokenUrl} does not.
 */
enum Secrecy {
    /** Nothing but addresses with a password in them. */
    NONE,
    /** Texts. Numbers are not: {@code maxTokens: 4096} is a limit. */
    TEXTS,
    /** Texts and numbers. */
    ALL;

    private static final Set<String> WORDS_FOR_TEXTS = Set.of(
            "accesskey",
            "apikey",
            "authorization",
            "authtoken",
            "key",
            "keys",
            "privatekey",
            "secretkey",
            "token",
            "tokens");
    private static final Set<String> WORDS_FOR_ALL = Set.of(
            "credential",
            "credentials",
            "passphrase",
            "passphrases",
            "passwd",
            "password",
            "passwords",
            "pin",
            "pwd",
            "secret",
            "secrets");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("://[^:/?#\\s]*+:[^@/?#\\s]*+@");

    /** That of the values below a key, wherever it stands. */
    static Secrecy of(String key) {
        var words = List.of(BETWEEN_WORDS.split(key));
        if (words.isEmpty()) {
            return NONE;
        }
        var last = words.getLast().toLowerCase(Locale.ROOT);
        if (WORDS_FOR_ALL.contains(last)) {
            return ALL;
        }
        var isPublic = words.size() > 1 && words.get(words.size() - 2).equalsIgnoreCase("public");
        return WORDS_FOR_TEXTS.contains(last) && !isPublic ? TEXTS : NONE;
    }

    /** That of the values below a key which stands where this one holds. */
    Secrecy below(String key) {
        var own = of(key);
        return compareTo(own) >= 0 ? this : own;
    }

    /** Whether a value is secret where this holds. A text that is one reference and nothing else never is. */
    boolean covers(JsonNode value) {
        if (value.isTextual()) {
            var text = value.textValue();
            return (this != NONE || USER_AND_PASSWORD.matcher(text).find()) && !ReferenceText.isOne(text);
        }
        return this == ALL && value.isNumber();
    }

    /** Whether a place is below a key with secrets. */
    static boolean coversPlace(String pointer) {
        return Pointer.segments(pointer).stream().anyMatch(key -> of(key) != NONE);
    }
}
