package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The words in which problems speak of values and of what a schema wants. */
final class Wording {
    private static final int LONGEST_VALUE = 60;
    private static final int MOST_WORDS = 20;

    private Wording() {}

    /** A value, in a form that is short and tells no secret. */
    static String found(JsonNode value, boolean hidden) {
        return switch (value.getNodeType()) {
            case OBJECT -> value.isEmpty() ? "{}" : "a map";
            case ARRAY -> value.isEmpty() ? "[]" : "a list";
            case NULL -> "null";
            case MISSING -> "nothing";
            case STRING, NUMBER, BOOLEAN, BINARY, POJO -> hidden ? "a hidden value" : shortened(value.toString());
        };
    }

    static String shortened(String text) {
        var line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "...";
    }

    /** What a schema wants, in general: {@code a whole number}. */
    static String expected(JsonNode schema, ObjectNode root) {
        var target = follow(schema, root);
        if (target.has("enum")) {
            return oneOf(target.get("enum"));
        }
        if (target.path("format").asText().equals(Durations.FORMAT)) {
            return Durations.EXPECTED;
        }
        return type(target.path("type"));
    }

    static String type(JsonNode type) {
        return switch (type.asText()) {
            case "object" -> "a map";
            case "array" -> "a list";
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> "a value";
        };
    }

    static String oneOf(JsonNode values) {
        return oneOf(StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    }

    static String oneOf(Collection<String> words) {
        var more = words.size() - MOST_WORDS;
        return "one of: "
                + words.stream().limit(MOST_WORDS).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    static String count(JsonNode number, String noun) {
        return String.format(Locale.ROOT, "%d %s%s", number.asInt(), noun, number.asInt() == 1 ? "" : "s");
    }

    static JsonNode follow(JsonNode schema, ObjectNode root) {
        return schema.has("$ref") ? root.at(schema.get("$ref").asText().substring(1)) : schema;
    }
}
