package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a tree that may be wrong in any way: what is not there, or not of the type asked for, is empty. The checks go by
 * cursors, not records, so that one mistake does not hide the next.
 */
record Cursor(JsonNode node, String pointer) {

    /** The value of a key, which may be missing. */
    Cursor at(String key) {
        return new Cursor(node.path(key), Pointer.child(pointer, key));
    }

    /** The elements of a list; none if this is no list. */
    List<Cursor> elements() {
        var elements = new ArrayList<Cursor>();
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            elements.add(new Cursor(node.get(i), Pointer.child(pointer, i)));
        }
        return elements;
    }

    /** The values of a map; none if this is no map. */
    List<Cursor> values() {
        var values = new ArrayList<Cursor>();
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(key -> values.add(at(key)));
        }
        return values;
    }

    Optional<String> text() {
        return Optional.ofNullable(node.textValue());
    }

    /** The key or index by which its container has it. */
    String key() {
        return Pointer.segments(pointer).getLast();
    }
}
