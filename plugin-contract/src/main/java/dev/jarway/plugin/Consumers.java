package dev.jarway.plugin;

import java.util.Optional;

/** The consumers that have a credential for this plugin. */
public interface Consumers {

    /**
     * The consumer whose credential has this value in its {@link Index} component, compared as text. Takes the same time
     * however many there are. Safe from any thread.
     */
    Optional<Consumer> find(String index);
}
