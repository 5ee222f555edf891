package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A document's tree after its references have been resolved.
 *
 * @param tree a copy; where a reference leads nowhere, the text is as it was
 * @param hidden what came out of references
 * @param problems the references that lead nowhere
 */
record ResolvedTree(ObjectNode tree, HiddenValues hidden, List<Problem> problems) {

    static ResolvedTree of(ObjectNode raw, References references) {
        var walk = new Walk(references);
        var tree = raw.deepCopy();
        walk.container(tree, "");
        return new ResolvedTree(tree, HiddenValues.of(walk.pointers, walk.values), List.copyOf(walk.problems));
    }

    /** One pass through a tree, which it changes. */
    private static final class Walk {
        private final References references;
        private final Set<String> pointers = new HashSet<>();
        private final List<String> values = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        Walk(References references) {
            this.references = references;
        }

        void container(JsonNode container, String at) {
            if (container instanceof ObjectNode map) {
                map.properties()
                        .forEach(entry -> entry.setValue(resolve(entry.getValue(), Pointer.child(at, entry.getKey()))));
            } else if (container instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    list.set(i, resolve(list.get(i), Pointer.child(at, i)));
                }
            }
        }

        private JsonNode resolve(JsonNode value, String at) {
            container(value, at);
            return value.isTextual() && ReferenceText.hasMarks(value.textValue())
                    ? TextNode.valueOf(text(value.textValue(), at))
                    : value;
        }

        private String text(String text, String at) {
            var before = problems.size();
            var resolved = ReferenceText.replace(text, reference -> meaning(reference, at));
            return problems.size() == before ? resolved : text;
        }

        private String meaning(String reference, String at) {
            var shown = "${" + Wording.shortened(reference) + "}";
            try {
                var found = references.find(reference);
                if (found.isPresent()) {
                    pointers.add(at);
                    values.add(found.get());
                    return found.get();
                }
                var variable = reference.startsWith("env:");
                problems.add(new Problem(
                        at,
                        shown + ": no such " + (variable ? "variable" : "file"),
                        variable ? "a variable of the gateway's environment" : "a file"));
            } catch (UncheckedIOException e) {
                problems.add(new Problem(at, shown + ": cannot be read: " + cause(e), "a readable text file"));
            } catch (InvalidPathException e) {
                problems.add(new Problem(at, shown + ": not a path", "a file"));
            } catch (IllegalArgumentException e) {
                problems.add(
                        new Problem(at, "an unknown reference", "${env:NAME} or ${file:PATH}, or $${ for a plain ${"));
            }
            return "";
        }

        private static String cause(UncheckedIOException e) {
            var cause = Objects.requireNonNull(e.getCause(), "cause");
            return cause.getClass().getSimpleName() + " " + cause.getMessage();
        }
    }
}
