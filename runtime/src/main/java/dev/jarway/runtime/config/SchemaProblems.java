package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;

/** What a schema finds wrong with trees, in the gateway's own words. */
final class SchemaProblems {
    private static final String NO_NULL = "; a key without a value is left out";

    private final ObjectNode schema;
    private final JsonSchema validator;

    SchemaProblems(ObjectNode schema) {
        this.schema = schema;
        var config =
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
        this.validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema, config);
        // Otherwise the first check would do it, perhaps on several threads at once.
        validator.initializeValidators();
    }

    /** What is wrong with a tree that stands at a place of its document. */
    List<Problem> find(JsonNode tree, String at, HiddenValues hidden) {
        var problems = new ArrayList<Problem>();
        for (var message : validator.validate(tree)) {
            problems.add(problem(message, at, hidden));
        }
        return problems;
    }

    private Problem problem(ValidationMessage message, String at, HiddenValues hidden) {
        var pointer = at + message.getInstanceLocation();
        var keyword = message.getType();
        if (keyword.equals("required")) {
            var property = parent(message).path("properties").path(message.getProperty());
            var expected = Wording.expected(property, schema);
            return new Problem(Pointer.child(pointer, message.getProperty()), "missing", expected);
        }
        if (keyword.equals("additionalProperties")) {
            return unknownKey(pointer, message);
        }
        var value = message.getInstanceNode();
        var expected = expected(keyword, message) + (value.isNull() ? NO_NULL : "");
        return new Problem(pointer, Wording.found(value, hidden.hides(pointer)), expected);
    }

    private Problem unknownKey(String pointer, ValidationMessage message) {
        var known = new ArrayList<String>();
        parent(message).path("properties").fieldNames().forEachRemaining(known::add);
        var key = message.getProperty();
        var detail = "unknown key '" + Wording.shortened(key) + "'" + Suggestion.of(key, known);
        var expected = known.isEmpty() ? "no key" : Wording.oneOf(known);
        return new Problem(Pointer.child(pointer, key), detail, expected);
    }

    private String expected(String keyword, ValidationMessage message) {
        var wanted = message.getSchemaNode();
        return switch (keyword) {
            case "type" -> Wording.expected(parent(message), schema);
            case "enum" -> Wording.oneOf(wanted);
            case "minimum" -> "at least " + wanted.asText();
            case "maximum" -> "at most " + wanted.asText();
            case "exclusiveMinimum" -> "more than " + wanted.asText();
            case "exclusiveMaximum" -> "less than " + wanted.asText();
            case "minLength" -> "at least " + Wording.count(wanted, "character");
            case "maxLength" -> "at most " + Wording.count(wanted, "character");
            case "minItems" -> "at least " + Wording.count(wanted, "element");
            case "maxItems" -> "at most " + Wording.count(wanted, "element");
            case "minProperties" -> "at least " + Wording.count(wanted, "key");
            case "maxProperties" -> "at most " + Wording.count(wanted, "key");
            case "uniqueItems" -> "no element twice";
            case "pattern" -> pattern(wanted.asText(), parent(message));
            default -> keyword + " " + wanted;
        };
    }

    private static String pattern(String pattern, JsonNode parent) {
        return switch (pattern) {
            case Durations.ANY -> Durations.EXPECTED;
            case Durations.POSITIVE -> Durations.EXPECTED + ", longer than 0";
            case ConstraintKeywords.NOT_BLANK -> "text that is not blank";
            default -> parent.has("description") ? parent.get("description").asText() : "text matching " + pattern;
        };
    }

    /** The schema that the broken keyword stands in. */
    private JsonNode parent(ValidationMessage message) {
        var fragment = message.getSchemaLocation().getFragment().toString();
        return schema.at(fragment.substring(0, fragment.lastIndexOf('/')));
    }
}
