package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The display form of a document: secrets are replaced by a mark, and a mark that comes back is replaced by the secret.
 *
 * <p>A text is secret if it stands below a key whose last word is {@code password}, {@code passphrase}, {@code secret},
 * {@code token}, {@code key}, {@code authorization}, {@code credentials} or like these, or if it is an address with a password
 * in it. A number is secret below the same keys, {@code token} and {@code key} excepted. A text that is one reference and
 * nothing else is shown: it names the secret's place, and tells nothing.
 */
public final class Redaction {
    /** What stands for a secret. */
    public static final String MARK = "***";

    private Redaction() {}

    /** A copy with {@link #MARK} in place of secrets. */
    public static ObjectNode redact(ObjectNode tree) {
        var copy = tree.deepCopy();
        container(copy, Secrecy.NONE);
        return copy;
    }

    /**
     * Undoes {@link #redact} after an edit: a copy of the new tree in which each mark is replaced by what the old one has in
     * its place. Elements of lists are found by their name. A mark that stands for nothing is a problem.
     */
    public static Checked<ObjectNode> restore(ObjectNode newTree, ObjectNode oldTree) {
        var restoration = new Restoration();
        var restored = restoration.restore(newTree, oldTree);
        return restoration.problems().isEmpty()
                ? new Checked.Valid<>(restored)
                : new Checked.Invalid<>(restoration.problems());
    }

    /** The display form of a value inside a document. */
    static JsonNode redact(JsonNode value, Secrecy secrecy) {
        var copy = value.deepCopy();
        container(copy, secrecy);
        return secrecy.covers(copy) ? TextNode.valueOf(MARK) : copy;
    }

    private static void container(JsonNode container, Secrecy secrecy) {
        if (container instanceof ObjectNode map) {
            map.properties().forEach(entry -> {
                var below = secrecy.below(entry.getKey());
                container(entry.getValue(), below);
                if (below.covers(entry.getValue())) {
                    entry.setValue(TextNode.valueOf(MARK));
                }
            });
        } else if (container instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                container(list.get(i), secrecy);
                if (secrecy.covers(list.get(i))) {
                    list.set(i, MARK);
                }
            }
        }
    }
}
