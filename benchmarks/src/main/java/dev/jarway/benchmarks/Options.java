package dev.jarway.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The options of a command line: {@code --key value}, each once at most. */
final class Options {
    private final Map<String, String> given = new TreeMap<>();
    private final List<String> known;

    /**
     * Those of a command line.
     *
     * @param known the keys there are
     */
    Options(List<String> arguments, List<String> known) {
        this.known = known;
        for (int i = 0; i < arguments.size(); i += 2) {
            String key = arguments.get(i);
            if (!key.startsWith("--") || i + 1 == arguments.size() || !known.contains(key.substring(2))) {
                throw new IllegalArgumentException(key + " (expected: --key value, with one of " + known + ")");
            }
            given.put(key.substring(2), arguments.get(i + 1));
        }
    }

    /** What was said, if anything. */
    @Nullable
    String text(String key) {
        if (!known.contains(key)) {
            throw new IllegalStateException(key);
        }
        return given.get(key);
    }

    /** A whole number. */
    int number(String key, int otherwise) {
        String text = text(key);
        try {
            return text == null ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + key + " " + text + " (expected: a whole number)", e);
        }
    }
}
