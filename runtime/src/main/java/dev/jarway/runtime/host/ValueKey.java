package dev.jarway.runtime.host;

/**
 * Where a value stands in a {@link ValueStore}.
 *
 * @param plugin the plugin's id; others do not see its values
 * @param key chosen by the plugin
 */
public record ValueKey(String plugin, String key) {}
