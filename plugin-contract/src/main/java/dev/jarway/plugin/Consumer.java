package dev.jarway.plugin;

/** Who is calling: one of the callers that the configuration names. */
public interface Consumer {

    /** The name in the configuration; unique there. */
    String name();

    /**
     * The consumer's credential for this plugin.
     *
     * @param type what this plugin's factory gives as {@link PluginFactory#credentialType()}
     * @throws IllegalArgumentException for any other type
     */
    <C extends Record> C credential(Class<C> type);
}
