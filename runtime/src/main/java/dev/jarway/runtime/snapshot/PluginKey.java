package dev.jarway.runtime.snapshot;

/**
 * What makes two Plugins the same one: an entry that keeps its place in the configuration, its generation, its configuration
 * and its consumers keeps its Plugin, and with it what the Plugin remembers. The slot is part of it lest two entries that
 * happen to be configured alike share a limiter.
 *
 * @param slot the entry, and the rule that applies
 * @param generation number of the generation
 * @param config in canonical form
 * @param consumers in canonical form; empty for plugins without credentials
 */
record PluginKey(String slot, long generation, String config, String consumers) {

    /** Configuration may hold secrets. */
    @Override
    public String toString() {
        return slot + "#" + generation;
    }
}
