package dev.jarway.loader.boundary;

import dev.jarway.plugin.PluginIdentity;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a call into a plugin, told in the host's own classes: it may be kept, logged and thrown on without
 * holding the plugin's class loader. Its cause has the text and the stack of what the plugin threw, and so on for causes and
 * suppressed exceptions, up to a bound.
 */
public final class PluginFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient PluginIdentity identity;
    private final String called;
    private final Kind kind;

    // Without a stack of its own: that would hold the class mirrors of plugin frames that stand below.
    private PluginFault(PluginIdentity identity, String called, Kind kind, String text, @Nullable StandIn cause) {
        super("plugin " + identity + " " + text, cause, true, false);
        this.identity = identity;
        this.called = called;
        this.kind = kind;
    }

    /**
     * The plugin threw. To be called before {@link Crossing#exit()}, because the exception's own methods are asked, and they
     * are the plugin's code too.
     *
     * @param called the method, as in {@code onRequestHeaders}
     */
    public static PluginFault threw(PluginIdentity identity, String called, Throwable thrown) {
        var standIn = StandIn.of(thrown);
        // An initializer's own exception is only the wrapping of the one that says something.
        var reason = thrown instanceof ExceptionInInitializerError ? standIn.getCause() : null;
        var text = "threw in " + called + ": " + standIn + (reason == null ? "" : ", caused by " + reason);
        return new PluginFault(identity, called, Kind.THREW, text, standIn);
    }

    /** The call lasted too long and was cut off, where the stack shows. */
    public static PluginFault timedOut(
            PluginIdentity identity, String called, Duration limit, StackTraceElement[] stack) {
        return new PluginFault(
                identity,
                called,
                Kind.TIMED_OUT,
                "took longer than " + limit.toMillis() + " ms in " + called + " and was cut off",
                StandIn.seen("where it was", stack));
    }

    /** The call lasted too long and could not even be cut off: its thread goes on. */
    static PluginFault stuck(PluginIdentity identity, String called, Duration limit, StackTraceElement[] stack) {
        return new PluginFault(
                identity,
                called,
                Kind.TIMED_OUT,
                "took longer than " + limit.toMillis() + " ms in " + called
                        + " and does not stop; its thread is left behind",
                StandIn.seen("where it is", stack));
    }

    /** The call came back with something that it may not come back with. */
    public static PluginFault wrongAnswer(PluginIdentity identity, String called, String found, String expected) {
        return new PluginFault(
                identity,
                called,
                Kind.WRONG_ANSWER,
                "answered " + found + " in " + called + " (expected: " + expected + ")",
                null);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Which generation it happened in. */
    public PluginIdentity identity() {
        return identity;
    }

    /** What was called, as in {@code onRequestHeaders}. */
    public String called() {
        return called;
    }

    /** What happened. */
    public Kind kind() {
        return kind;
    }

    /** The ways in which a call goes wrong. */
    public enum Kind {
        /** It threw. */
        THREW,
        /** It did not come back in time. */
        TIMED_OUT,
        /** It came back with {@code null}, or with what does not belong there. */
        WRONG_ANSWER
    }
}
