package dev.jarway.loader;

import dev.jarway.plugin.PluginIdentity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin has done wrong in one call. It holds no object of the plugin: what the plugin threw is here as text and stack
 * alone, so that nothing keeps its class loader alive.
 */
public final class PluginFault extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final transient PluginIdentity plugin;
    private final String call;

    /** In which way the call went wrong. */
    public enum Kind {
        THREW,
        TIMED_OUT,
        WRONG_ANSWER
    }

    private PluginFault(Kind kind, PluginIdentity plugin, String call, String what, @Nullable Throwable cause) {
        super("plugin " + plugin + " " + what, cause, false, false);
        this.kind = kind;
        this.plugin = plugin;
        this.call = call;
    }

    /** The plugin let this escape. */
    public static PluginFault threw(PluginIdentity plugin, String call, Throwable thrown) {
        ForeignThrowable copy = ForeignThrowable.copyOf(thrown);
        return new PluginFault(Kind.THREW, plugin, call, "threw in " + call + ": " + copy.getMessage(), copy);
    }

    /** The plugin did not return in time. */
    public static PluginFault timedOut(PluginIdentity plugin, String call, Duration limit) {
        String what = "did not finish " + call + " within " + limit.toMillis() + " ms";
        return new PluginFault(Kind.TIMED_OUT, plugin, call, what, null);
    }

    /** The plugin returned what the contract does not allow there. */
    public static PluginFault wrongAnswer(PluginIdentity plugin, String call, String found) {
        return new PluginFault(Kind.WRONG_ANSWER, plugin, call, "may not answer " + found + " in " + call, null);
    }

    /** In which way the call went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Which plugin. */
    public PluginIdentity plugin() {
        return plugin;
    }

    /** What was called, by its name in the contract. */
    public String call() {
        return call;
    }
}
