package dev.jarway.loader.boundary;

import dev.jarway.plugin.PluginIdentity;

/** The far side of a call: the code of one generation. */
public interface Callee {

    /** Which generation it is. */
    PluginIdentity identity();

    /** What the thread's context class loader is while the call lasts. */
    ClassLoader classLoader();
}
