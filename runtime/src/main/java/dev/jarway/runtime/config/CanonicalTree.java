package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rewrites trees so that those which mean the same become equal: defaults filled in, keys sorted, numbers and durations of one
 * form.
 */
final class CanonicalTree {
    private final Shapes shapes;

    CanonicalTree(Shapes shapes) {
        this.shapes = shapes;
    }

    JsonNode record(Class<? extends Record> type, JsonNode tree) {
        var values = new TreeMap<String, JsonNode>();
        for (var component : shapes.components(type)) {
            var value = tree.has(component.name())
                    ? tree.get(component.name())
                    : component.standard().orElse(null);
            if (value != null) {
                values.put(component.name(), rewrite(component.type().shape(), value));
            }
        }
        return object(values);
    }

    private JsonNode rewrite(Shape shape, JsonNode value) {
        return switch (shape) {
            case Shape.Scalar scalar ->
                scalar == Shape.Scalar.DURATION
                        ? TextNode.valueOf(Durations.parse(value.textValue()).toString())
                        : free(value);
            case Shape.Choice choice -> value;
            case Shape.Sequence sequence -> {
                var elements = new ArrayList<JsonNode>();
                value.forEach(element -> elements.add(rewrite(sequence.element().shape(), element)));
                if (sequence.distinct()) {
                    elements.sort(Comparator.comparing(JsonNode::toString));
                }
                yield JsonNodeFactory.instance.arrayNode().addAll(elements);
            }
            case Shape.Table table -> {
                var values = new TreeMap<String, JsonNode>();
                value.properties()
                        .forEach(entry ->
                                values.put(entry.getKey(), rewrite(table.value().shape(), entry.getValue())));
                yield object(values);
            }
            case Shape.Maybe maybe -> rewrite(maybe.content().shape(), value);
            case Shape.Nested nested -> record(nested.type(), value);
            case Shape.Tree tree -> free(value);
        };
    }

    private static JsonNode free(JsonNode value) {
        if (value.isNumber()) {
            return number(value.decimalValue());
        }
        if (value.isArray()) {
            var list = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> list.add(free(element)));
            return list;
        }
        if (value.isObject()) {
            var values = new TreeMap<String, JsonNode>();
            value.properties().forEach(entry -> values.put(entry.getKey(), free(entry.getValue())));
            return object(values);
        }
        return value;
    }

    private static JsonNode number(BigDecimal value) {
        return DecimalNode.valueOf(value.stripTrailingZeros());
    }

    private static ObjectNode object(Map<String, JsonNode> values) {
        var object = JsonNodeFactory.instance.objectNode();
        object.setAll(values);
        return object;
    }
}
