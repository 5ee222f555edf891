package dev.jarway.runtime.filter;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.Callee;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.plugin.CertificatePlugin;
import dev.jarway.plugin.DiscoveryPlugin;
import dev.jarway.plugin.Exchange;
import dev.jarway.plugin.Execution;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.Plugin;
import dev.jarway.plugin.PluginIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Plugin of one generation: the object that {@code create} has made, and what the gateway has given to it. It lives as
 * long as a snapshot has it, and a little longer if a virtual thread is still in it. Safe from any thread.
 */
public final class ConfiguredPlugin implements Callee {
    private static final Logger log = LoggerFactory.getLogger(ConfiguredPlugin.class);

    private final LoadedPlugin generation;
    private final ClassLoader loader;
    private final PluginIdentity identity;
    private final Execution execution;
    private final AutoCloseable host;
    private final AtomicInteger inside = new AtomicInteger();

    private volatile @Nullable Plugin plugin;

    /**
     * A Plugin that has been created.
     *
     * @param host what the gateway has given to it; closed after the Plugin
     */
    public ConfiguredPlugin(LoadedPlugin generation, Execution execution, Plugin plugin, AutoCloseable host) {
        this.generation = generation;
        this.loader = generation.classLoader();
        this.identity = generation.identity();
        this.execution = execution;
        this.plugin = plugin;
        this.host = host;
    }

    /** The generation that it is of. */
    public LoadedPlugin generation() {
        return generation;
    }

    @Override
    public PluginIdentity identity() {
        return identity;
    }

    @Override
    public ClassLoader classLoader() {
        return loader;
    }

    Execution execution() {
        return execution;
    }

    /** Makes the filter of an exchange. */
    Filter newFilter(Exchange exchange) throws Exception {
        return open(FilterPlugin.class).newFilter(exchange);
    }

    /** The certificate that it gives for a server name. */
    public Optional<CertificatePlugin.Certificate> certificate(String serverName) {
        return open(CertificatePlugin.class).certificate(serverName);
    }

    /** Lets it begin to find the endpoints of a service. */
    public void watch(DiscoveryPlugin.Endpoints endpoints) throws Exception {
        open(DiscoveryPlugin.class).watch(endpoints);
    }

    /** Whether it has not been closed. */
    public boolean isOpen() {
        return plugin != null;
    }

    private <T extends Plugin> T open(Class<T> kind) {
        Plugin open = plugin;
        if (open == null) {
            throw new IllegalStateException("plugin " + identity + " is closed");
        }
        return kind.cast(open);
    }

    /** A virtual thread goes in. */
    void enter() {
        inside.incrementAndGet();
    }

    /** A virtual thread has come out. */
    void leave() {
        inside.decrementAndGet();
    }

    /** How many virtual threads are in it. */
    public int inside() {
        return inside.get();
    }

    /**
     * Closes the Plugin and what was given to it. Called once, off the event loops, when no exchange uses it any more. What
     * the Plugin throws is logged.
     */
    public void close(Boundary boundary, Duration limit) {
        Plugin closing = plugin;
        plugin = null;
        try {
            if (closing != null) {
                boundary.call(this, "close", limit, () -> {
                    closing.close();
                    return Boolean.TRUE;
                });
            }
        } catch (PluginFault fault) {
            log.warn("{}", fault.getMessage(), fault.getCause());
        } finally {
            closeHost();
        }
    }

    private void closeHost() {
        try {
            host.close();
        } catch (Exception e) {
            log.warn("What plugin {} was given could not be released", identity, e);
        }
    }
}
