/**
 * What the gateway gives to a plugin: the {@link dev.jarway.plugin.PluginContext} and its parts. Everything that is obtained
 * here is recorded with its Plugin and released with it, so that nothing of the gateway holds a plugin's classes afterwards.
 */
@NullMarked
package dev.jarway.runtime.host;

import org.jspecify.annotations.NullMarked;
