package dev.jarway.plugin;

/**
 * One configured object that a {@link PluginFactory} has made, shared by every exchange under that configuration.
 *
 * <p>It lives from {@link PluginFactory#create} until its configuration or its JAR has been replaced and the last exchange
 * that uses it has ended. Several event loops call it at once, so whatever it holds must be safe for that.
 */
@SuppressWarnings("try") // close() may well throw InterruptedException: the gateway is its only caller
public sealed interface Plugin extends AutoCloseable permits FilterPlugin, CertificatePlugin, DiscoveryPlugin {

    /**
     * Releases what the plugin has opened itself. Called exactly once, off the event loop, after the last exchange that uses
     * the plugin has ended. What came from the {@link PluginContext} needs no closing; the gateway releases it.
     */
    @Override
    default void close() throws Exception {}
}
