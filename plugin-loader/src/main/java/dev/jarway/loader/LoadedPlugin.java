package dev.jarway.loader;

import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.PluginIdentity;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One generation: a loaded copy of a JAR, with its class loader and its factory. When it is unloaded it lets go of both, so
 * holding on to this object holds on to no class of the plugin. Safe from any thread.
 */
public final class LoadedPlugin {
    private final PluginIdentity identity;
    private final PluginDescription description;
    private final String file;
    private final Instant loadedAt = Instant.now();

    private volatile @Nullable Code code;
    private volatile GenerationState state = GenerationState.LOADED;
    private volatile @Nullable LeakReport leakReport;

    /** What goes away. */
    private record Code(ClassLoader loader, PluginFactory<?> factory) {}

    LoadedPlugin(
            PluginIdentity identity,
            PluginDescription description,
            String file,
            ClassLoader loader,
            PluginFactory<?> factory) {
        this.identity = identity;
        this.description = description;
        this.file = file;
        this.code = new Code(loader, factory);
    }

    /** Id, version and number. */
    public PluginIdentity identity() {
        return identity;
    }

    /** What the JAR says of itself. */
    public PluginDescription description() {
        return description;
    }

    /** The name of the file that it was loaded from. */
    public String file() {
        return file;
    }

    /** When it was loaded. */
    public Instant loadedAt() {
        return loadedAt;
    }

    /** Its factory; {@link IllegalStateException} once it is closed. */
    public PluginFactory<?> factory() {
        return code().factory();
    }

    /** Its class loader; {@link IllegalStateException} once it is closed. */
    public ClassLoader classLoader() {
        return code().loader();
    }

    private Code code() {
        Code present = code;
        if (present == null) {
            throw new IllegalStateException("plugin " + identity + " is closed");
        }
        return present;
    }

    /** Where it is in its life. */
    public GenerationState state() {
        return state;
    }

    /** Moves it on in its life, as far as whoever uses it decides that: to active or to draining. */
    public void use(GenerationState next) {
        if (next != GenerationState.LOADED && next != GenerationState.ACTIVE && next != GenerationState.DRAINING) {
            throw new IllegalArgumentException("state: " + next + " (expected: LOADED, ACTIVE or DRAINING)");
        }
        if (code != null) {
            state = next;
        }
    }

    /** What was found when its classes did not go away; empty as long as nobody had to look. */
    public Optional<LeakReport> leakReport() {
        return Optional.ofNullable(leakReport);
    }

    void release() {
        code = null;
        state = GenerationState.CLOSED;
    }

    void collected() {
        state = GenerationState.COLLECTED;
    }

    void zombie(LeakReport report) {
        leakReport = report;
        state = GenerationState.ZOMBIE;
    }

    @Override
    public String toString() {
        return identity.toString();
    }
}
