package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The display form of a document: secrets are replaced by a mark, and a mark that comes back is replaced by the secret.
 *
 * <p>A text or number is secret if it stands below a key whose last word is {@code password}, {@code passphrase},
 * {@code secret}, {@code token}, {@code key}, {@code authorization}, {@code credential} or like these, so all below
 * {@code credentials} is; a text also if it is an address with a password in it. A text that is one reference and nothing
 * else is shown: it names the secret's place, and tells nothing.
 */
public final class Redaction {
    /** What stands for a secret. */
    public static final String MARK = "***";

    private Redaction() {}

    /** A copy with {@link #MARK} in place of secrets. */
    public static ObjectNode redact(ObjectNode tree) {
        var copy = tree.deepCopy();
        container(copy, false);
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
    static JsonNode redact(JsonNode value, boolean belowSecretKey) {
        var copy = value.deepCopy();
        container(copy, belowSecretKey);
        return isSecret(copy, belowSecretKey) ? TextNode.valueOf(MARK) : copy;
    }

    static boolean isSecret(JsonNode value, boolean belowSecretKey) {
        if (value.isTextual()) {
            var text = value.textValue();
            return (belowSecretKey || SecretNames.isRevealing(text)) && !ReferenceText.isOne(text);
        }
        return belowSecretKey && value.isNumber();
    }

    private static void container(JsonNode container, boolean secret) {
        if (container instanceof ObjectNode map) {
            map.properties().forEach(entry -> {
                var below = secret || SecretNames.isSecret(entry.getKey());
                container(entry.getValue(), below);
                if (isSecret(entry.getValue(), below)) {
                    entry.setValue(TextNode.valueOf(MARK));
                }
            });
        } else if (container instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                container(list.get(i), secret);
                if (isSecret(list.get(i), secret)) {
                    list.set(i, MARK);
                }
            }
        }
    }
}
