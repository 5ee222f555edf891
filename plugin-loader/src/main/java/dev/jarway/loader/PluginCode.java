package dev.jarway.loader;

import org.jspecify.annotations.Nullable;

/** A piece of host code that calls into a plugin. */
@FunctionalInterface
public interface PluginCode<T extends @Nullable Object> {

    /** Calls it; anything may come out. */
    T run() throws Exception;
}
