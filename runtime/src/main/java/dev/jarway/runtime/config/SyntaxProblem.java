package dev.jarway.runtime.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** The problem of a text that cannot be read at all. */
final class SyntaxProblem {
    private static final Pattern NAMED = Pattern.compile("\\b(alias|anchor|handle|name|tag) \\S+");
    private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]*)['\"]");

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
        var line = text.lines().findFirst().orElse("not readable").replaceFirst(" \\(Do not use .*", "");
        var named = NAMED.matcher(line).replaceAll("$1");
        return QUOTED.matcher(named).replaceAll(quoted -> isPlain(quoted.group(1)) ? "$0" : "'...'");
    }

    private static boolean isPlain(String quoted) {
        return quoted.length() <= 1 || quoted.startsWith("<") || quoted.equals("\\t(TAB)");
    }
}
