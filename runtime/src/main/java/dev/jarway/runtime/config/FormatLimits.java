package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a document may not have in it, since one of the formats cannot carry it: numbers beyond measure, which are text in YAML,
 * and halves of characters, which are nothing in UTF-8. A document could not be written as it was read.
 */
final class FormatLimits {
    private final List<Problem> problems = new ArrayList<>();

    private FormatLimits() {}

    static List<Problem> find(JsonNode tree) {
        var limits = new FormatLimits();
        limits.value(tree, "");
        return limits.problems;
    }

    private void value(JsonNode value, String at) {
        if (value.isTextual()) {
            text(value.textValue(), at, "a text");
        } else if ((value.isBigInteger() || value.isBigDecimal())
                && !YamlTypes.isNumber(value.decimalValue().toString())) {
            problems.add(new Problem(at, "a number beyond measure", "at most 99 digits, and three of an exponent"));
        }
        for (var entry : value.properties()) {
            text(entry.getKey(), at, "a key");
            value(entry.getValue(), Pointer.child(at, entry.getKey()));
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            value(value.get(i), Pointer.child(at, i));
        }
    }

    private void text(String text, String at, String what) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean whole = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!whole) {
                    problems.add(new Problem(at, what + " with half a character in it", "surrogates in pairs"));
                    return;
                }
                i++;
            }
        }
    }
}
