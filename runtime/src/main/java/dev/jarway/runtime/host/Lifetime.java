package dev.jarway.runtime.host;

import dev.jarway.plugin.PluginIdentity;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How long one Plugin's things may be used. When it is over, its class loader is let go. */
final class Lifetime {
    private final PluginIdentity identity;
    private final AtomicReference<@Nullable PluginCode> code;

    Lifetime(PluginIdentity identity, ClassLoader loader) {
        this.identity = identity;
        this.code = new AtomicReference<>(new PluginCode(identity, loader));
    }

    PluginIdentity identity() {
        return identity;
    }

    /** Ends it, and says whether this call was the one that did. */
    boolean end() {
        return code.getAndSet(null) != null;
    }

    boolean over() {
        return code.get() == null;
    }

    /** Refuses with {@link IllegalStateException} if it is over. */
    PluginCode code() {
        var current = code.get();
        if (current == null) {
            throw new IllegalStateException(
                    "plugin " + identity + ": is closed (expected: no use of its context after that)");
        }
        return current;
    }

    /** Refuses with {@link IllegalStateException} if it is over. */
    void check() {
        code();
    }
}
