package dev.jarway.runtime.config;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in which {@code ${kind:name}} stands for something else, and a second dollar sign in front takes that meaning away. */
final class ReferenceText {
    private static final Pattern MARKS = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
    private static final Pattern ONE = Pattern.compile("\\$\\{[^}]*}");

    private ReferenceText() {}

    /** Whether the text is one reference and nothing else. */
    static boolean isOne(String text) {
        return ONE.matcher(text).matches();
    }

    /** Whether the text has to be rewritten. */
    static boolean hasMarks(String text) {
        return text.contains("${");
    }

    /**
     * Replaces every reference, and takes the escapes off.
     *
     * @param meaning what stands between the braces, to what it stands for
     */
    static String replace(String text, UnaryOperator<String> meaning) {
        return MARKS.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(one(mark, meaning)));
    }

    private static String one(MatchResult mark, UnaryOperator<String> meaning) {
        if (mark.group().equals("$${")) {
            return "${";
        }
        return meaning.apply(mark.group(2).isEmpty() ? "" : mark.group(1));
    }
}
