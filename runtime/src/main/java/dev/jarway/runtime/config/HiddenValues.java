package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of one document that are never printed: those that came out of references, and those whose key says that they
 * are secret ({@code password}, {@code apiKey}, all below {@code credentials}, and so on).
 */
public final class HiddenValues {
    // A shorter one would tear messages apart, and tell by its gaps what it is.
    private static final int SHORTEST_REMOVED = 3;

    private final Set<String> pointers;
    private final List<String> values;

    private HiddenValues(Set<String> pointers, Collection<String> values) {
        this.pointers = Set.copyOf(pointers);
        this.values = values.stream()
                .filter(value -> value.length() >= SHORTEST_REMOVED)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Hides by key alone. */
    public static HiddenValues byKey() {
        return new HiddenValues(Set.of(), List.of());
    }

    /**
     * Hides these values too.
     *
     * @param pointers the places of texts that had references in them
     * @param values what the references stand for
     */
    static HiddenValues of(Set<String> pointers, Collection<String> values) {
        return new HiddenValues(pointers, values);
    }

    /** Whether the value at this place is not to be printed. */
    public boolean hides(String pointer) {
        return pointers.contains(pointer) || Secrecy.coversPlace(pointer);
    }

    /** Whether the value at this place came out of a reference. */
    boolean isResolved(String pointer) {
        return pointers.contains(pointer);
    }

    /**
     * The places that came out of references in a list of the document: by the element's index, as pointers below the element.
     *
     * @param list where the list stands
     */
    public Map<String, Set<String>> referencesIn(String list) {
        var found = new HashMap<String, Set<String>>();
        var prefix = list + "/";
        for (var pointer : pointers) {
            if (pointer.startsWith(prefix)) {
                var rest = pointer.substring(prefix.length());
                int end = rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/');
                found.computeIfAbsent(rest.substring(0, end), element -> new HashSet<>())
                        .add(rest.substring(end));
            }
        }
        return found;
    }

    /**
     * These values, and the hidden texts of one part of the document, which {@link #removeFrom} then knows too.
     *
     * @param part with references resolved
     * @param at where it stands
     */
    public HiddenValues within(JsonNode part, String at) {
        var more = new ArrayList<>(values);
        collect(part, at, more);
        return new HiddenValues(pointers, more);
    }

    private void collect(JsonNode node, String at, List<String> found) {
        node.properties().forEach(entry -> collect(entry.getValue(), Pointer.child(at, entry.getKey()), found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), Pointer.child(at, i), found);
        }
        if (node.isTextual() && hides(at)) {
            found.add(node.textValue());
        }
    }

    /**
     * The text without any value that came out of a reference, and without those that {@link #within} has found: for
     * messages that others have written.
     */
    public String removeFrom(String text) {
        var clean = text;
        for (var value : values) {
            clean = clean.replace(value, Redaction.MARK);
        }
        return clean;
    }
}
