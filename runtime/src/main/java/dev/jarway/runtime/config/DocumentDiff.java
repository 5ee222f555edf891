package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pass that finds where two documents differ. Values are compared as they are and shown without secrets, so that a secret
 * that has changed is seen to have changed.
 */
public final class DocumentDiff {
    private final List<DocumentChange> changes = new ArrayList<>();

    private DocumentDiff() {}

    /** A value and its display form. */
    private record Shown(JsonNode plain, JsonNode redacted) {

        Shown get(String key) {
            return new Shown(plain.get(key), redacted.get(key));
        }

        Shown get(int index) {
            return new Shown(plain.get(index), redacted.get(index));
        }
    }

    /** Where the newer document differs from the older one, in the order of the newer one; what was removed comes first. */
    public static List<DocumentChange> between(ObjectNode older, ObjectNode newer) {
        var diff = new DocumentDiff();
        diff.values(new Shown(older, Redaction.redact(older)), new Shown(newer, Redaction.redact(newer)), "", "");
        return List.copyOf(diff.changes);
    }

    private void values(Shown older, Shown newer, String oldAt, String newAt) {
        if (older.plain().equals(newer.plain())) {
            return;
        }
        if (older.plain() instanceof ObjectNode && newer.plain() instanceof ObjectNode) {
            maps(older, newer, oldAt, newAt);
        } else if (older.plain() instanceof ArrayNode && newer.plain() instanceof ArrayNode) {
            lists(older, newer, oldAt, newAt);
        } else {
            changes.add(DocumentChange.changed(newAt, older.redacted(), newer.redacted()));
        }
    }

    private void maps(Shown older, Shown newer, String oldAt, String newAt) {
        older.plain().fieldNames().forEachRemaining(key -> {
            if (!newer.plain().has(key)) {
                changes.add(DocumentChange.removed(
                        Pointer.child(oldAt, key), older.get(key).redacted()));
            }
        });
        newer.plain().fieldNames().forEachRemaining(key -> {
            if (older.plain().has(key)) {
                values(older.get(key), newer.get(key), Pointer.child(oldAt, key), Pointer.child(newAt, key));
            } else {
                changes.add(DocumentChange.added(
                        Pointer.child(newAt, key), newer.get(key).redacted()));
            }
        });
    }

    private void lists(Shown older, Shown newer, String oldAt, String newAt) {
        var before = names(older.plain());
        var now = names(newer.plain());
        if (before.isPresent() && now.isPresent() && sameOrder(before.get(), now.get())) {
            byName(older, newer, new Places(oldAt, before.get()), new Places(newAt, now.get()));
        } else {
            byIndex(older, newer, oldAt, newAt);
        }
    }

    /** Where a list stands, and at which index the element of each name. */
    private record Places(String at, Map<String, Integer> indexes) {}

    private void byName(Shown older, Shown newer, Places before, Places now) {
        before.indexes().forEach((name, index) -> {
            if (!now.indexes().containsKey(name)) {
                changes.add(DocumentChange.removed(
                        Pointer.child(before.at(), index), older.get(index).redacted()));
            }
        });
        now.indexes().forEach((name, index) -> {
            var was = before.indexes().get(name);
            if (was == null) {
                changes.add(DocumentChange.added(
                        Pointer.child(now.at(), index), newer.get(index).redacted()));
            } else {
                values(
                        older.get(was),
                        newer.get(index),
                        Pointer.child(before.at(), was),
                        Pointer.child(now.at(), index));
            }
        });
    }

    private void byIndex(Shown older, Shown newer, String oldAt, String newAt) {
        int common = Math.min(older.plain().size(), newer.plain().size());
        for (int i = common; i < older.plain().size(); i++) {
            changes.add(
                    DocumentChange.removed(Pointer.child(oldAt, i), older.get(i).redacted()));
        }
        for (int i = 0; i < common; i++) {
            values(older.get(i), newer.get(i), Pointer.child(oldAt, i), Pointer.child(newAt, i));
        }
        for (int i = common; i < newer.plain().size(); i++) {
            changes.add(
                    DocumentChange.added(Pointer.child(newAt, i), newer.get(i).redacted()));
        }
    }

    /** The elements' names and indexes; empty if one has none, or two have the same. */
    private static Optional<Map<String, Integer>> names(JsonNode list) {
        var names = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < list.size(); i++) {
            var name = Restoration.name(list.get(i));
            if (name.isEmpty() || names.put(name.get(), i) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }

    /** In lists of filters the order matters, so a list in another order is another list. */
    private static boolean sameOrder(Map<String, Integer> before, Map<String, Integer> now) {
        var left = before.keySet().stream().filter(now::containsKey).toList();
        var right = now.keySet().stream().filter(before::containsKey).toList();
        return left.equals(right);
    }
}
