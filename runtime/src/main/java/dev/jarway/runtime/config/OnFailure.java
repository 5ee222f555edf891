package dev.jarway.runtime.config;

/** What becomes of a request when one of its filters throws, or misses its deadline. */
public enum OnFailure {
    /** It is answered with an error. */
    CLOSED,
    /** It goes on without that filter. */
    OPEN
}
