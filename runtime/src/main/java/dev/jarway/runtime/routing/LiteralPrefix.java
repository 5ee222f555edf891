package dev.jarway.runtime.routing;

import java.util.regex.Pattern;

/** The text with which everything begins that a regular expression matches. Short of it where that takes more than a look. */
final class LiteralPrefix {
    private static final String SPECIAL = ".[]{}()*+?|^$";
    private static final String QUANTIFIERS = "?*+{";

    /** Where a bar or a parenthesis may stand for itself: a class, a quotation, a comment. */
    private static final Pattern OBSCURE = Pattern.compile("\\[|\\\\Q|#");

    private LiteralPrefix() {}

    static String of(String regex) {
        if (hasAlternatives(regex)) {
            return "";
        }
        var prefix = new StringBuilder();
        int next = regex.startsWith("^") ? 1 : 0;
        while (next < regex.length()) {
            char c = regex.charAt(next++);
            if (c == '\\' && next < regex.length() && isPunctuation(regex.charAt(next))) {
                c = regex.charAt(next++);
            } else if (c == '\\' || c >= 0x80 || SPECIAL.indexOf(c) != -1) {
                break;
            }
            if (next < regex.length() && QUANTIFIERS.indexOf(regex.charAt(next)) != -1) {
                break;
            }
            prefix.append(c);
        }
        return prefix.toString();
    }

    /** Whether the expression as a whole is a choice, as {@code /a|/b} is and {@code /(a|b)} is not. */
    private static boolean hasAlternatives(String regex) {
        if (regex.indexOf('|') == -1) {
            return false;
        }
        if (OBSCURE.matcher(regex).find()) {
            return true;
        }
        int depth = 0;
        for (int i = 0; i < regex.length(); i++) {
            switch (regex.charAt(i)) {
                case '\\' -> i++;
                case '(' -> depth++;
                case ')' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    private static boolean isPunctuation(char c) {
        return c < 0x80 && !Character.isLetterOrDigit(c);
    }
}
