package dev.jarway.loader.isolation;

import org.pf4j.PluginStatusProvider;

/** PF4J's switch for single plugins, which is not used: configuration says what is used. */
final class NeverDisabled implements PluginStatusProvider {

    @Override
    public boolean isPluginDisabled(String pluginId) {
        return false;
    }

    @Override
    public void disablePlugin(String pluginId) {
        throw new UnsupportedOperationException(pluginId);
    }

    @Override
    public void enablePlugin(String pluginId) {
        throw new UnsupportedOperationException(pluginId);
    }
}
