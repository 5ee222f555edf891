package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One place in which two documents differ. Secrets are {@link Redaction#MARK} on both sides.
 *
 * @param kind how they differ
 * @param pointer where, as a JSON pointer into the newer document; into the older one if it was removed
 * @param from what stood there; empty if it was added
 * @param to what stands there; empty if it was removed
 */
public record DocumentChange(Kind kind, String pointer, Optional<JsonNode> from, Optional<JsonNode> to) {

    /** How they differ. */
    public enum Kind {
        /** Only the newer one has it. */
        ADDED,
        /** Only the older one has it. */
        REMOVED,
        /** Both have it, with other values. */
        CHANGED
    }

    static DocumentChange added(String pointer, JsonNode value) {
        return new DocumentChange(Kind.ADDED, pointer, Optional.empty(), Optional.of(value));
    }

    static DocumentChange removed(String pointer, JsonNode value) {
        return new DocumentChange(Kind.REMOVED, pointer, Optional.of(value), Optional.empty());
    }

    static DocumentChange changed(String pointer, JsonNode from, JsonNode to) {
        return new DocumentChange(Kind.CHANGED, pointer, Optional.of(from), Optional.of(to));
    }
}
