package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema of a configuration record, and the way from a JSON tree to an instance of it.
 *
 * <p>It serves the gateway's own records and those of plugins. Nothing static knows the record's class: when the schema is
 * let go, so is the class and its loader. Immutable, and safe from any thread; checks take time, and do not belong on an
 * event loop.
 *
 * @param <T> the record
 */
public final class RecordSchema<T extends Record> {
    private final Class<T> type;
    private final Shapes shapes;
    private final ObjectNode json;
    private final SchemaProblems problems;

    private RecordSchema(Class<T> type) {
        this.type = type;
        this.shapes = ShapeReader.read(type);
        this.json = SchemaWriter.write(shapes);
        this.problems = new SchemaProblems(json);
    }

    /**
     * The schema of a record.
     *
     * @throws IllegalArgumentException naming the component whose type, default or constraint cannot be carried out
     */
    public static <T extends Record> RecordSchema<T> of(Class<T> type) {
        var schema = new RecordSchema<>(type);
        Defaults.check(schema.shapes);
        return schema;
    }

    /**
     * The schema of a record of the gateway's own. Its defaults are not checked: that takes longer than all else in a start that
     * has to do with the configuration, and is done by a test.
     */
    static <T extends Record> RecordSchema<T> own(Class<T> type) {
        return new RecordSchema<>(type);
    }

    /** The record. */
    public Class<T> type() {
        return type;
    }

    /** As JSON Schema, draft 2020-12; a copy. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /**
     * What is wrong with a tree.
     *
     * @param tree with references resolved
     * @param at where the tree stands in its document, as a JSON pointer
     * @param hidden what must not be printed, by pointers into the document
     */
    public List<Problem> check(JsonNode tree, String at, HiddenValues hidden) {
        return bind(tree, at, hidden).problems();
    }

    /** Checks a tree, fills in defaults, and makes the record; see {@link #check} for the parameters. */
    public Checked<T> bind(JsonNode tree, String at, HiddenValues hidden) {
        var typed = new TypedReferences(shapes, hidden).record(type, tree, at);
        var all = new ArrayList<>(problems.find(typed, at, hidden));
        var binder = new RecordBinder(shapes, hidden, all);
        var value = binder.record(type, typed, at);
        all.addAll(binder.problems());
        return value == null || !all.isEmpty() ? new Checked.Invalid<>(all) : new Checked.Valid<>(type.cast(value));
    }

    /**
     * A text that is equal for two trees that mean the same: defaults filled in, keys sorted. It holds secrets: compare it,
     * never print it.
     *
     * @param tree one that {@link #check} finds nothing wrong with
     */
    public String canonical(JsonNode tree) {
        return new CanonicalTree(shapes).record(type, tree).toString();
    }
}
