package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.filter.ConfiguredPlugin;
import dev.jarway.runtime.host.HostContext;

/**
 * A Plugin that has been created and not been closed.
 *
 * @param key what makes it this one
 * @param plugin the Plugin
 * @param context what it was given
 */
record LivePlugin(PluginKey key, ConfiguredPlugin plugin, HostContext context) {}
