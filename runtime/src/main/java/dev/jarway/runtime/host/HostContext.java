package dev.jarway.runtime.host;

import dev.jarway.plugin.CallOuts;
import dev.jarway.plugin.Consumers;
import dev.jarway.plugin.HandOver;
import dev.jarway.plugin.Metrics;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginIdentity;
import dev.jarway.plugin.Scheduler;
import dev.jarway.plugin.Secrets;
import dev.jarway.plugin.Store;
import java.util.Map;
import org.slf4j.Logger;

/**
 * All that one Plugin has been given. Closed after the Plugin itself: tasks end, call-outs fail, meters go, and from then on
 * nothing in here refers to the plugin's classes.
 */
public final class HostContext implements PluginContext, AutoCloseable {

    /**
     * A context for one Plugin.
     *
     * @param loader the context class loader of the threads that run the plugin's tasks and callbacks
     * @param received what the predecessor offered, see {@link #offered}; empty if there was none
     */
    public HostContext(
            HostServices services,
            PluginIdentity identity,
            ClassLoader loader,
            Consumers consumers,
            Map<String, Object> received) {}

    /**
     * What this Plugin gives to its successor: a deep copy of JDK types only. Calls the plugin, on the current thread, so the
     * caller sets the limit. Empty if the plugin offers nothing, or if its supplier throws, which is logged.
     *
     * @throws IllegalStateException if the context is closed
     */
    public Map<String, Object> offered() {
        return Map.of();
    }

    @Override
    public PluginIdentity plugin() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Logger logger() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Metrics metrics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Scheduler scheduler() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CallOuts http() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Store store() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Secrets secrets() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Consumers consumers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HandOver handOver() {
        throw new UnsupportedOperationException();
    }

    /** Releases everything. Waits a short, bounded time for tasks that were running. Once is enough; more does nothing. */
    @Override
    public void close() {}
}
