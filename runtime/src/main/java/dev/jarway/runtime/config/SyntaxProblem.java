package dev.jarway.runtime.config;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** The problem of a text that cannot be read at all. */
final class SyntaxProblem {
    private SyntaxProblem() {}

    static Problem of(@Nullable String message, @Nullable Mark mark, String format) {
        return mark == null
                ? new Problem("", clean(message), format)
                : of(message, mark.getLine() + 1, mark.getColumn() + 1, format);
    }

    static Problem of(@Nullable String message, int line, int column, String format) {
        return new Problem("", "line " + line + ", column " + column + ": " + clean(message), format);
    }

    /** Parsers quote what they stumble over, and that may be a secret. Single characters are no secret, and a help. */
    private static String clean(@Nullable String message) {
        var text = message == null ? "not readable" : message;
        return Wording.shortened(text.lines()
                .findFirst()
                .orElse("not readable")
                .replaceAll("'[^']{2,}'", "'...'")
                .replaceAll("\\b(alias|anchor|handle|name|tag) \\S+", "$1")
                .replaceAll("\"[^\"]{2,}\"", "\"...\""));
    }
}
