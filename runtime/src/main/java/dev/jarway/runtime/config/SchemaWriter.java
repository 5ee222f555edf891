package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;

/** Writes {@link Shapes} down as JSON Schema, draft 2020-12. */
final class SchemaWriter {
    private final Shapes shapes;
    private final Map<Class<?>, String> names = new HashMap<>();
    private boolean rootIsReferred;

    private SchemaWriter(Shapes shapes) {
        this.shapes = shapes;
        var taken = new HashSet<String>();
        for (var type : shapes.records().keySet()) {
            var name = type.getSimpleName();
            for (int n = 2; !taken.add(name); n++) {
                name = type.getSimpleName() + n;
            }
            names.put(type, name);
        }
    }

    /** The schema of the outermost record. */
    static ObjectNode write(Shapes shapes) {
        var writer = new SchemaWriter(shapes);
        var schema = object().put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", shapes.root().getSimpleName());
        schema.setAll(writer.record(shapes.root()));
        return writer.withDefinitions(schema);
    }

    /** The schema of one component's values. */
    static ObjectNode write(Shapes shapes, Shape.Component component) {
        var writer = new SchemaWriter(shapes);
        return writer.withDefinitions(writer.typed(component.type()));
    }

    private ObjectNode withDefinitions(ObjectNode schema) {
        var definitions = object();
        shapes.records().keySet().forEach(type -> definitions.set(name(type), record(type)));
        if (!rootIsReferred) {
            definitions.remove(name(shapes.root()));
        }
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        return schema;
    }

    private ObjectNode record(Class<? extends Record> type) {
        var schema = object().put("type", "object");
        var properties = schema.putObject("properties");
        var required = JsonNodeFactory.instance.arrayNode();
        for (var component : shapes.components(type)) {
            var property = typed(component.type());
            component.standard().ifPresent(value -> property.set("default", value));
            properties.set(component.name(), property);
            if (component.required()) {
                required.add(component.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private ObjectNode typed(Shape.Typed typed) {
        var schema = shape(typed.shape());
        schema.setAll(typed.constraints());
        return schema;
    }

    private ObjectNode shape(Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(scalar);
            case Shape.Choice choice -> {
                var schema = object().put("type", "string");
                var values = schema.putArray("enum");
                choice.constants().forEach(constant -> values.add(Shape.Choice.written(constant)));
                yield schema;
            }
            case Shape.Sequence sequence -> {
                var schema = object().put("type", "array");
                schema.set("items", typed(sequence.element()));
                yield sequence.distinct() ? schema.put("uniqueItems", true) : schema;
            }
            case Shape.Table table -> {
                var schema = object().put("type", "object");
                schema.set("additionalProperties", typed(table.value()));
                yield schema;
            }
            case Shape.Maybe maybe -> typed(maybe.content());
            case Shape.Nested nested -> object().put("$ref", reference(nested.type()));
            case Shape.Tree tree -> tree.map() ? object().put("type", "object") : object();
        };
    }

    private static ObjectNode scalar(Shape.Scalar scalar) {
        return switch (scalar) {
            case TEXT, PATH -> object().put("type", "string");
            case URI -> object().put("type", "string").put("format", "uri-reference");
            case DURATION ->
                object().put("type", "string").put("format", Durations.FORMAT).put("pattern", Durations.ANY);
            case BOOLEAN -> object().put("type", "boolean");
            case INT, LONG, INTEGER -> object().put("type", "integer");
            case DOUBLE, DECIMAL -> object().put("type", "number");
        };
    }

    private String reference(Class<?> type) {
        rootIsReferred |= type == shapes.root();
        return "#/$defs/" + name(type);
    }

    private String name(Class<?> type) {
        return Objects.requireNonNull(names.get(type), type::getName);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
