package dev.jarway.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that a mistyped one is likely to mean. */
final class Suggestion {
    // Each is compared letter by letter, and a document may have thousands of mistakes.
    private static final int MOST_KNOWN = 1000;
    private static final int LONGEST = 128;

    private Suggestion() {}

    /** The nearest of the known words, if it is near. */
    static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        var limit = Math.max(1, word.length() / 3);
        return known.stream()
                .limit(MOST_KNOWN)
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= limit)
                .filter(candidate -> distance(word, candidate) <= limit)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** As a part of a sentence: {@code , did you mean 'port'?}; empty if nothing is near. */
    static String of(String word, Collection<String> known) {
        return nearest(word, known)
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("");
    }

    /** How many letters differ, two that have changed places being one, and upper and lower case the same. */
    private static int distance(String left, String right) {
        var a = left.toLowerCase(Locale.ROOT);
        var b = right.toLowerCase(Locale.ROOT);
        var table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int added = Math.min(table[i - 1][j], table[i][j - 1]) + 1;
                table[i][j] = Math.min(table[i - 1][j - 1] + same, added);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[a.length()][b.length()];
    }
}
