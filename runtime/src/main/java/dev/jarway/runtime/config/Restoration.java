package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One pass that puts secrets back where an edited display form has marks.
 *
 * <p>A wrong guess would give a secret to the wrong place, and nobody would see it. So an element of a list takes the secrets
 * of the old element with the same name; without names, of the only one that looks the same; and of the one at the same index
 * only while the list is as long as it was.
 */
final class Restoration {
    private final List<Problem> problems = new ArrayList<>();

    /** The marks that stand for nothing. */
    List<Problem> problems() {
        return problems;
    }

    ObjectNode restore(ObjectNode edited, ObjectNode old) {
        return map(edited, old, "", Secrecy.NONE);
    }

    private JsonNode value(JsonNode edited, JsonNode old, String at, Secrecy secrecy) {
        return switch (edited.getNodeType()) {
            case OBJECT -> map((ObjectNode) edited, old, at, secrecy);
            case ARRAY -> list((ArrayNode) edited, old, at, secrecy);
            case STRING -> edited.textValue().equals(Redaction.MARK) ? mark(old, at, secrecy) : edited;
            case NUMBER, BOOLEAN, NULL, MISSING, BINARY, POJO -> edited;
        };
    }

    private JsonNode mark(JsonNode old, String at, Secrecy secrecy) {
        if (secrecy.covers(old)) {
            return old;
        }
        problems.add(new Problem(at, "*** where no hidden value stood", "the value itself"));
        return old;
    }

    private ObjectNode map(ObjectNode edited, JsonNode old, String at, Secrecy secrecy) {
        var restored = JsonNodeFactory.instance.objectNode();
        for (var entry : edited.properties()) {
            var key = entry.getKey();
            var below = secrecy.below(key);
            restored.set(key, value(entry.getValue(), old.path(key), Pointer.child(at, key), below));
        }
        return restored;
    }

    private ArrayNode list(ArrayNode edited, JsonNode old, String at, Secrecy secrecy) {
        var restored = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < edited.size(); i++) {
            var pendant = pendant(edited, i, old, secrecy);
            restored.add(value(edited.get(i), pendant, Pointer.child(at, i), secrecy));
        }
        return restored;
    }

    private static JsonNode pendant(ArrayNode edited, int index, JsonNode old, Secrecy secrecy) {
        if (!old.isArray()) {
            return MissingNode.getInstance();
        }
        var element = edited.get(index);
        var name = name(element);
        if (name.isPresent()) {
            return only(old, candidate -> name(candidate).equals(name));
        }
        var sameLength = edited.size() == old.size();
        if (sameLength && Redaction.redact(old.get(index), secrecy).equals(element)) {
            return old.get(index);
        }
        var same = only(old, candidate -> Redaction.redact(candidate, secrecy).equals(element));
        return same.isMissingNode() && sameLength ? old.get(index) : same;
    }

    private static JsonNode only(JsonNode list, Predicate<JsonNode> wanted) {
        JsonNode found = MissingNode.getInstance();
        for (var candidate : list) {
            if (wanted.test(candidate)) {
                if (!found.isMissingNode()) {
                    return MissingNode.getInstance();
                }
                found = candidate;
            }
        }
        return found;
    }

    /** What an element of a list is known by: its name, or the plugin of an entry without one. */
    static Optional<String> name(JsonNode element) {
        if (element.path("name").isTextual()) {
            return Optional.of(element.get("name").textValue());
        }
        return element.path("plugin").isTextual()
                ? Optional.of(
                        PluginReference.parse(element.get("plugin").textValue()).id())
                : Optional.empty();
    }
}
