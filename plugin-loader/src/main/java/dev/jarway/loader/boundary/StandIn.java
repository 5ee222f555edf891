package dev.jarway.loader.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Text and stack of an exception that a plugin threw, without the exception. That one, its class, and even the stack of a
 * host's own exception that passed through plugin code would hold the plugin's class loader.
 */
final class StandIn extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_FRAMES = 200;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_SUPPRESSED = 4;

    private final String type;

    private StandIn(String type, @Nullable String message, @Nullable StandIn cause, StackTraceElement[] stack) {
        super(message, cause);
        this.type = type;
        setStackTrace(stack);
    }

    static StandIn of(Throwable thrown) {
        return copy(thrown, MAX_DEPTH);
    }

    /** A stack that was seen, not thrown. */
    static StandIn seen(String message, StackTraceElement[] stack) {
        return new StandIn("stack", message, null, stack);
    }

    private static StandIn copy(Throwable thrown, int depth) {
        Throwable cause = depth == 0 ? null : orElse(thrown::getCause, null);
        StackTraceElement[] stack = stackOf(thrown);
        var copy = new StandIn(
                shortened(thrown.getClass().getName()),
                messageOf(thrown),
                cause == null ? null : copy(cause, depth - 1),
                stack);
        if (depth > 0) {
            Arrays.stream(thrown.getSuppressed())
                    .limit(MAX_SUPPRESSED)
                    .forEach(suppressed -> copy.addSuppressed(copy(suppressed, depth / 2)));
        }
        return copy;
    }

    private static @Nullable String messageOf(Throwable thrown) {
        String message = orElse(thrown::getMessage, "(its getMessage() failed)");
        return message == null ? null : shortened(message);
    }

    private static StackTraceElement[] stackOf(Throwable thrown) {
        StackTraceElement[] stack = orElse(thrown::getStackTrace, null);
        List<StackTraceElement> frames = new ArrayList<>();
        for (int i = 0; stack != null && i < stack.length && i < MAX_FRAMES; i++) {
            if (stack[i] != null) {
                frames.add(stack[i]);
            }
        }
        return frames.toArray(StackTraceElement[]::new);
    }

    // The exception's methods are the plugin's code: whatever they throw, the report goes on.
    private static <T> @Nullable T orElse(Supplier<@Nullable T> call, @Nullable T otherwise) {
        try {
            return call.get();
        } catch (Throwable e) {
            return otherwise;
        }
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    // What it stands for has a stack; where it was copied is of no interest.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    // Printed stack traces shall read as if the plugin's own exception stood there.
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return getMessage() == null ? type : type + ": " + Objects.requireNonNull(getMessage());
    }
}
