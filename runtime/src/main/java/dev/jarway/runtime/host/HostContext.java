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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that one Plugin has been given. Closed after the Plugin itself: tasks end, call-outs fail, meters go, and from then on
 * nothing in here refers to the plugin's classes.
 */
public final class HostContext implements PluginContext, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HostContext.class);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Lifetime lifetime;
    private final Logger logger;
    private final HostMetrics metrics;
    private final HostScheduler scheduler;
    private final HostCallOuts callOuts;
    private final HostStore store;
    private final HostSecrets secrets;
    private final HostConsumers consumers;
    private final HostHandOver handOver;

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
            Map<String, Object> received) {
        this.lifetime = new Lifetime(identity, loader);
        this.logger = LoggerFactory.getLogger("plugin." + identity.id());
        this.metrics = new HostMetrics(lifetime, services.meters());
        this.scheduler = new HostScheduler(lifetime, services.timer());
        this.callOuts = new HostCallOuts(lifetime, services.client(), services.timer());
        this.store = new HostStore(lifetime, services.store());
        this.secrets = new HostSecrets(lifetime, services.environment());
        this.consumers = new HostConsumers(lifetime, consumers);
        this.handOver = new HostHandOver(lifetime, received);
    }

    /**
     * What this Plugin gives to its successor: a deep copy of JDK types only. Calls the plugin, on the current thread, so the
     * caller sets the limit. Empty if the plugin offers nothing, or if its supplier throws, which is logged.
     *
     * @throws IllegalStateException if the context is closed
     */
    public Map<String, Object> offered() {
        return handOver.offered();
    }

    @Override
    public PluginIdentity plugin() {
        return lifetime.identity();
    }

    @Override
    public Logger logger() {
        return logger;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public CallOuts http() {
        return callOuts;
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }

    @Override
    public Consumers consumers() {
        return consumers;
    }

    @Override
    public HandOver handOver() {
        return handOver;
    }

    /** Releases everything. Waits a short, bounded time for tasks that were running. Once is enough; more does nothing. */
    @Override
    public void close() {
        if (!lifetime.end()) {
            return;
        }
        var threads = new ArrayList<>(scheduler.end());
        threads.addAll(callOuts.end());
        metrics.release();
        consumers.release();
        handOver.release();
        awaitEnd(threads);
    }

    private void awaitEnd(List<Thread> threads) {
        long end = System.nanoTime() + GRACE.toNanos();
        try {
            for (var thread : threads) {
                // A plugin that closes itself from one of its tasks does not wait for that task.
                if (thread != Thread.currentThread()
                        && !thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                    log.warn("Plugin {}: thread '{}' goes on after the plugin has closed", plugin(), thread.getName());
                }
            }
        } catch (InterruptedException e) {
            log.warn("Plugin {}: interrupted while waiting for its threads to end", plugin());
            Thread.currentThread().interrupt();
        }
    }
}
