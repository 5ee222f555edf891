package dev.jarway.plugin;

import org.slf4j.Logger;

/**
 * All that the gateway gives to one {@link Plugin}. What is obtained through it is recorded, and released when the plugin
 * closes; after that its parts refuse with {@link IllegalStateException}. Safe from any thread.
 */
public interface PluginContext {

    /** Which plugin this is. */
    PluginIdentity plugin();

    /** A logger named {@code plugin.<id>}. */
    Logger logger();

    /** Counters, timers and gauges, shown by the gateway under this plugin's name. */
    Metrics metrics();

    /** Work to be done later or again and again. */
    Scheduler scheduler();

    /** Calls to other HTTP services. */
    CallOuts http();

    /** Counters and small values that outlive the exchange. */
    Store store();

    /** Values that must not stand in the configuration. */
    Secrets secrets();

    /** Who may be calling. */
    Consumers consumers();

    /** State that passes from a plugin to its successor. */
    HandOver handOver();
}
