package dev.jarway.runtime.balance;

import dev.jarway.plugin.DiscoveryPlugin;
import dev.jarway.plugin.Endpoint;
import dev.jarway.runtime.filter.ConfiguredPlugin;
import java.util.List;

/** The endpoints of one service as its discovery plugin sees them. Safe from any thread. */
public final class Discovered implements DiscoveryPlugin.Endpoints {
    private final ConfiguredPlugin plugin;
    private volatile List<Endpoint> current;
    private boolean own;

    /**
     * What a plugin is going to find.
     *
     * @param before what holds until it has said something: what its predecessor has found
     */
    public Discovered(ConfiguredPlugin plugin, List<Endpoint> before) {
        this.plugin = plugin;
        this.current = List.copyOf(before);
    }

    /** The plugin that finds them. */
    public ConfiguredPlugin plugin() {
        return plugin;
    }

    /** What was found last. The same list as long as nothing else is found. */
    public List<Endpoint> current() {
        return current;
    }

    @Override
    public void replace(List<Endpoint> endpoints) {
        take(List.copyOf(endpoints), true);
    }

    /** Takes what its predecessor has found meanwhile, unless it has found something itself. */
    void inherit(List<Endpoint> endpoints) {
        take(endpoints, false);
    }

    private synchronized void take(List<Endpoint> found, boolean byItself) {
        if (!plugin.isOpen() || (own && !byItself)) {
            return;
        }
        own = byItself;
        if (!found.equals(current)) {
            current = found;
        }
    }
}
