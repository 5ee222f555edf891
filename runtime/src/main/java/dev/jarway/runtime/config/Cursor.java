package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a tree that may be wrong in any way: what is not there, or not of the type asked for, is empty. The checks go by
 * cursors, not records, so that one mistake does not hide the next.
 */
final class Cursor {
    private final JsonNode node;
    private final @Nullable Cursor container;
    private final String key;

    private Cursor(JsonNode node, @Nullable Cursor container, String key) {
        this.node = node;
        this.container = container;
        this.key = key;
    }

    /** The whole of a tree. */
    static Cursor root(JsonNode tree) {
        return new Cursor(tree, null, "");
    }

    /** The value of a key, which may be missing. */
    Cursor at(String key) {
        return new Cursor(node.path(key), this, key);
    }

    /** The elements of a list; none if this is no list. */
    List<Cursor> elements() {
        var elements = new ArrayList<Cursor>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            elements.add(new Cursor(node.get(i), this, String.valueOf(i)));
        }
        return elements;
    }

    /** The values of a map; none if this is no map. */
    List<Cursor> values() {
        var values = new ArrayList<Cursor>();
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> values.add(at(name)));
        }
        return values;
    }

    JsonNode node() {
        return node;
    }

    Optional<String> text() {
        return Optional.ofNullable(node.textValue());
    }

    /** The key or index by which its container has it. */
    String key() {
        return key;
    }

    /** Where it stands. Made when asked for: only what is wrong is ever named. */
    String pointer() {
        return container == null ? "" : Pointer.child(container.pointer(), key);
    }
}
