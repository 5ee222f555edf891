package dev.jarway.runtime.routing;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A regular expression that gives up. {@link java.util.regex} backtracks, so that {@code (a+)+b} takes a time exponential in
 * the length of a text, and texts come from clients; it also recurses, so that {@code (a|b)*} overflows the stack. Here the
 * characters that a match looks at are counted, and beyond a limit linear in the length of the text the match is undecided.
 */
final class BoundedRegex {
    private static final Logger log = LoggerFactory.getLogger(BoundedRegex.class);

    /** With these a match ends within a millisecond, and sensible expressions stay far below. */
    private static final int STEPS = 20_000;

    private static final int STEPS_PER_CHARACTER = 16;

    private final Pattern pattern;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** Throws {@link java.util.regex.PatternSyntaxException} where it is none. */
    BoundedRegex(String regex) {
        this.pattern = Pattern.compile(regex);
    }

    /**
     * Whether the expression matches the whole text.
     *
     * @throws UndecidedException if it takes too many steps to tell
     */
    boolean matches(String text) {
        try {
            return pattern.matcher(new CountedText(text)).matches();
        } catch (UndecidedException e) {
            warn(text, "too many steps");
            throw e;
        } catch (StackOverflowError e) {
            warn(text, "too deep a recursion");
            throw new UndecidedException();
        }
    }

    /** Once, since it is clients that make it happen. The text is theirs too and stays out of the log. */
    private void warn(String text, String reason) {
        if (warned.compareAndSet(false, true)) {
            log.warn(
                    "Regex {} gave up on a text of {} characters after {}; such requests match no route",
                    pattern,
                    text.length(),
                    reason);
        }
    }

    /** A text that can be looked at so many times. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long left;

        CountedText(String text) {
            this.text = text;
            this.left = STEPS + (long) STEPS_PER_CHARACTER * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new UndecidedException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
