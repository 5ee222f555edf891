package dev.jarway.loader;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The likeness of a throwable whose class may have to go away: its text, its stack and its causes, and no reference to it. */
final class ForeignThrowable extends Exception {
    private static final long serialVersionUID = 1;

    private static final int MOST_CAUSES = 8;
    private static final int LONGEST_TEXT = 1_000;
    private static final int DEEPEST_STACK = 64;

    private ForeignThrowable(String text, @Nullable Throwable cause) {
        super(text, cause);
    }

    static ForeignThrowable copyOf(Throwable original) {
        return copyOf(original, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static ForeignThrowable copyOf(Throwable original, Set<Throwable> seen) {
        seen.add(original);
        ForeignThrowable copy = new ForeignThrowable(text(original), cause(original, seen));
        copy.setStackTrace(stack(original));
        return copy;
    }

    private static @Nullable ForeignThrowable cause(Throwable original, Set<Throwable> seen) {
        try {
            Throwable cause = original.getCause();
            return cause == null || seen.contains(cause) || seen.size() >= MOST_CAUSES ? null : copyOf(cause, seen);
        } catch (Throwable broken) {
            return null; // A plugin may override the getter, and break it.
        }
    }

    private static String text(Throwable original) {
        String type = original.getClass().getName();
        try {
            String message = original.getMessage();
            String text = message == null ? type : type + ": " + message;
            return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        } catch (Throwable broken) {
            return type + " (its message cannot be read)";
        }
    }

    private static StackTraceElement[] stack(Throwable original) {
        try {
            StackTraceElement[] stack = original.getStackTrace();
            return stack.length > DEEPEST_STACK ? Arrays.copyOf(stack, DEEPEST_STACK) : stack;
        } catch (Throwable broken) {
            return new StackTraceElement[0];
        }
    }

    /** As the original would print itself. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // This class's own name would only confuse the reader of a log.
    public String toString() {
        return String.valueOf(getMessage());
    }
}
