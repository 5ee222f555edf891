package dev.jarway.runtime.routing;

/** What one value is held to. */
sealed interface ValueTest {

    boolean passes(String value);

    /** As written in the configuration: {@code *}, {@code ~} and a regular expression, or the text itself. */
    static ValueTest of(String text) {
        if (text.equals("*")) {
            return new Present();
        }
        return text.startsWith("~") ? new Regex(new BoundedRegex(text.substring(1))) : new Text(text);
    }

    /** Any value passes. */
    record Present() implements ValueTest {
        @Override
        public boolean passes(String value) {
            return true;
        }
    }

    /** That text alone passes. */
    record Text(String text) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return text.equals(value);
        }
    }

    /** What the expression matches as a whole passes. */
    record Regex(BoundedRegex regex) implements ValueTest {
        @Override
        public boolean passes(String value) {
            return regex.matches(value);
        }
    }
}
