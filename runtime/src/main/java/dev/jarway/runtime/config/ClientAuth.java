package dev.jarway.runtime.config;

/** Whether the clients of a listener show certificates. */
public enum ClientAuth {
    /** They are not asked. */
    NONE,
    /** They are asked; who shows none is served, who shows a wrong one is not. */
    OPTIONAL,
    /** Who shows none is not served. */
    REQUIRED
}
