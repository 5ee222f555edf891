package dev.jarway.runtime.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The values of one document that are never printed: those that came out of references, and those whose key says that they
 * are secret ({@code password}, {@code apiKey}, all below {@code credentials}, and so on).
 */
public final class HiddenValues {
    // A shorter one would tear messages apart, and tell by its gaps what it is.
    private static final int SHORTEST_REMOVED = 3;

    private final Map<String, String> resolved;
    private final List<String> removed;

    private HiddenValues(Map<String, String> resolved) {
        this.resolved = Map.copyOf(resolved);
        this.removed = resolved.values().stream()
                .filter(value -> value.length() >= SHORTEST_REMOVED)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Hides by key alone. */
    public static HiddenValues byKey() {
        return new HiddenValues(Map.of());
    }

    /**
     * Hides these values too.
     *
     * @param resolved the value at each pointer that had a reference
     */
    static HiddenValues of(Map<String, String> resolved) {
        return new HiddenValues(resolved);
    }

    /** Whether the value at this place is not to be printed. */
    public boolean hides(String pointer) {
        return resolved.containsKey(pointer) || SecretNames.cover(pointer);
    }

    /** The text without any value that came out of a reference: for messages that others have written. */
    public String removeFrom(String text) {
        var clean = text;
        for (var value : removed) {
            clean = clean.replace(value, Redaction.MARK);
        }
        return clean;
    }
}
