package dev.jarway.loader;

import dev.jarway.loader.boundary.Callee;
import dev.jarway.loader.holder.LeakReport;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.PluginIdentity;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One generation: a loaded copy of a JAR. May be kept after it is closed, for then it holds nothing of the plugin any more.
 * Safe from any thread.
 */
public final class LoadedPlugin implements Callee {
    private final PluginIdentity identity;
    private final PluginDescription description;

    private volatile @Nullable ClassLoader classLoader;
    private volatile @Nullable PluginFactory<?> factory;
    private final Instant loadedAt = Instant.now();
    private volatile GenerationState state = GenerationState.LOADED;
    private volatile Instant stateSince = loadedAt;
    private volatile LeakReport leakReport = LeakReport.EMPTY;

    LoadedPlugin(PluginIdentity identity, PluginDescription description, ClassLoader classLoader) {
        this.identity = identity;
        this.description = description;
        this.classLoader = classLoader;
    }

    @Override
    public PluginIdentity identity() {
        return identity;
    }

    /** What the JAR says about itself. */
    public PluginDescription description() {
        return description;
    }

    /**
     * The JAR's entry point. Its methods are to be called across the boundary.
     *
     * @throws IllegalStateException if the generation is closed
     */
    public PluginFactory<?> factory() {
        return open(factory);
    }

    /**
     * The loader of its classes.
     *
     * @throws IllegalStateException if the generation is closed
     */
    @Override
    public ClassLoader classLoader() {
        return open(classLoader);
    }

    /** Where it is in its life. */
    public GenerationState state() {
        return state;
    }

    /** When it was loaded. */
    public Instant loadedAt() {
        return loadedAt;
    }

    /** Since when it has been in that state. */
    public Instant stateSince() {
        return stateSince;
    }

    /** What was cleaned when it was closed, and what holds it if it is a zombie. */
    public LeakReport leakReport() {
        return leakReport;
    }

    /**
     * A published configuration uses it, maybe again.
     *
     * @throws IllegalStateException if it is closed
     */
    public void activate() {
        move(EnumSet.of(GenerationState.LOADED, GenerationState.DRAINING), GenerationState.ACTIVE);
    }

    /**
     * No published configuration uses it any more.
     *
     * @throws IllegalStateException if it is closed
     */
    public void drain() {
        move(EnumSet.of(GenerationState.LOADED, GenerationState.ACTIVE), GenerationState.DRAINING);
    }

    /**
     * Nothing uses it any more, yet it stays loaded, since something may use it again.
     *
     * @throws IllegalStateException if it is closed
     */
    public void rest() {
        move(EnumSet.of(GenerationState.ACTIVE, GenerationState.DRAINING), GenerationState.LOADED);
    }

    /** Lets go of all that belongs to the plugin. */
    void close(LeakReport cleaned) {
        move(
                EnumSet.of(GenerationState.LOADED, GenerationState.ACTIVE, GenerationState.DRAINING),
                GenerationState.CLOSED);
        leakReport = cleaned;
        factory = null;
        classLoader = null;
    }

    /** The garbage collector has taken it, or has not in time. */
    void end(GenerationState end, LeakReport report) {
        leakReport = report;
        move(EnumSet.of(GenerationState.CLOSED, GenerationState.ZOMBIE), end);
    }

    void enterBy(PluginFactory<?> factory) {
        this.factory = factory;
    }

    private synchronized void move(Set<GenerationState> from, GenerationState to) {
        if (state != to && !from.contains(state)) {
            throw new IllegalStateException("plugin " + identity + ": " + state + " (expected: " + from + ")");
        }
        if (state != to) {
            stateSince = Instant.now();
        }
        state = to;
    }

    private <T> T open(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("plugin " + identity + ": " + state + " (expected: not closed)");
        }
        return part;
    }

    /** As in logs: {@code mock-response@1.2.0#7}. */
    @Override
    public String toString() {
        return identity.toString();
    }
}
