package dev.jarway.runtime.snapshot;

import dev.jarway.plugin.CertificatePlugin;
import dev.jarway.plugin.DiscoveryPlugin;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.Plugin;

/** What a place in the configuration wants of a plugin. */
enum PluginKind {
    FILTER(FilterPlugin.class, "one, in a list of filters"),
    CERTIFICATES(CertificatePlugin.class, "one, among the plugins of a listener's tls"),
    DISCOVERY(DiscoveryPlugin.class, "one, as the discovery of a service");

    private final Class<? extends Plugin> type;
    private final String expected;

    PluginKind(Class<? extends Plugin> type, String expected) {
        this.type = type;
        this.expected = expected;
    }

    /** What {@code create} has to make. */
    Class<? extends Plugin> type() {
        return type;
    }

    /** What is said to one that makes something else. */
    String expected() {
        return expected;
    }
}
