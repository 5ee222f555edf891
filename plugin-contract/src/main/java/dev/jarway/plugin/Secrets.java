package dev.jarway.plugin;

import java.util.Optional;

/**
 * Values that must not stand in the configuration, found by a reference that may: {@code env:DB_PASSWORD} is a variable of
 * the gateway's environment, {@code file:/run/secrets/db} the content of a file, without its final line break.
 *
 * <p>A file is read at each call, so a call may block: ask in {@link PluginFactory#create} or on a virtual thread.
 */
public interface Secrets {

    /**
     * The value behind the reference; empty if there is no such variable or file.
     *
     * @throws IllegalArgumentException if the reference begins with neither {@code env:} nor {@code file:}
     */
    Optional<String> find(String reference);
}
