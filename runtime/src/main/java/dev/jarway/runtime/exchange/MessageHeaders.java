package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The fields of one message, as filters read and change them in place. */
public final class MessageHeaders implements Headers {
    private final MultiMap fields;
    private final boolean trailers;
    private int changes;

    /** Those of the map, which is changed in place. */
    public MessageHeaders(MultiMap fields) {
        this(fields, false);
    }

    private MessageHeaders(MultiMap fields, boolean trailers) {
        this.fields = fields;
        this.trailers = trailers;
    }

    /** Those of the map that stand after a body. */
    static MessageHeaders ofTrailers(MultiMap fields) {
        return new MessageHeaders(fields, true);
    }

    /** Grows whenever a filter changes a field. */
    public int changes() {
        return changes;
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public List<String> all(String name) {
        List<String> values = fields.getAll(name);
        return values.size() == 1 ? List.of(values.getFirst()) : List.copyOf(values); // As nearly all have.
    }

    @Override
    public boolean contains(String name) {
        return fields.contains(name);
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(fields.names());
    }

    @Override
    public void set(String name, String value) {
        check(name, value);
        changes++;
        fields.set(name, value);
    }

    @Override
    public void add(String name, String value) {
        check(name, value);
        changes++;
        fields.add(name, value);
    }

    private void check(String name, String value) {
        FieldRules.checkName(name);
        FieldRules.checkValue(name, value);
        if (trailers && !TrailerFields.permits(name)) {
            throw new IllegalArgumentException(
                    "trailer name: " + name + " (expected: a field that may come after the body)");
        }
    }

    @Override
    public void remove(String name) {
        changes++;
        fields.remove(name);
    }

    @Override
    public void forEach(BiConsumer<String, String> field) {
        fields.forEach(field);
    }
}
