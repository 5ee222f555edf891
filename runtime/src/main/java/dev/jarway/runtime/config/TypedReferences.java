package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The step that lets {@code port: "${env:PORT}"} be a number: a text that came out of a reference is taken for a number or
 * boolean where the record wants one. Text that was written as text stays text.
 */
final class TypedReferences {
    private final Shapes shapes;
    private final HiddenValues hidden;

    TypedReferences(Shapes shapes, HiddenValues hidden) {
        this.shapes = shapes;
        this.hidden = hidden;
    }

    /** A copy of the tree of a record. */
    JsonNode record(Class<? extends Record> type, JsonNode tree, String at) {
        if (!(tree instanceof ObjectNode map)) {
            return tree;
        }
        var typed = JsonNodeFactory.instance.objectNode().setAll(map);
        for (var component : shapes.components(type)) {
            var value = map.get(component.name());
            if (value != null) {
                var pointer = Pointer.child(at, component.name());
                ((ObjectNode) typed)
                        .set(component.name(), typed(component.type().shape(), value, pointer));
            }
        }
        return typed;
    }

    private JsonNode typed(Shape shape, JsonNode value, String at) {
        return switch (shape) {
            case Shape.Scalar scalar -> value.isTextual() && hidden.isResolved(at) ? scalar(scalar, value) : value;
            case Shape.Sequence sequence -> list(sequence.element().shape(), value, at);
            case Shape.Table table -> map(table.value().shape(), value, at);
            case Shape.Maybe maybe -> typed(maybe.content().shape(), value, at);
            case Shape.Nested nested -> record(nested.type(), value, at);
            case Shape.Choice choice -> value;
            case Shape.Tree tree -> value;
        };
    }

    private JsonNode list(Shape element, JsonNode list, String at) {
        if (!list.isArray()) {
            return list;
        }
        var typed = JsonNodeFactory.instance.arrayNode();
        list.forEach(value -> typed.add(typed(element, value, Pointer.child(at, typed.size()))));
        return typed;
    }

    private JsonNode map(Shape element, JsonNode map, String at) {
        if (!map.isObject()) {
            return map;
        }
        var typed = JsonNodeFactory.instance.objectNode();
        map.properties()
                .forEach(entry ->
                        typed.set(entry.getKey(), typed(element, entry.getValue(), Pointer.child(at, entry.getKey()))));
        return typed;
    }

    private static JsonNode scalar(Shape.Scalar scalar, JsonNode text) {
        var plain = YamlTypes.plain(text.textValue().strip());
        return switch (scalar) {
            case BOOLEAN -> plain.isBoolean() ? plain : text;
            case INT, LONG, DOUBLE, DECIMAL, INTEGER -> plain.isNumber() ? plain : text;
            case TEXT, DURATION, URI, PATH -> text;
        };
    }
}
