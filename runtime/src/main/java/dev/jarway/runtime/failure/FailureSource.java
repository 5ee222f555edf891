package dev.jarway.runtime.failure;

/** Where a failure arose. */
public enum FailureSource {
    CLIENT,
    UPSTREAM,
    PLUGIN,
    GATEWAY
}
