package dev.jarway.runtime.config;

/** What clients may speak on a listener. */
public enum ListenerProtocol {
    /** HTTP/1.1 and HTTP/1.0. */
    H1,
    /** HTTP/2 over TLS. */
    H2,
    /** HTTP/2 without TLS: begun right away, or by an upgrade from HTTP/1.1. */
    H2C,
    /** HTTP/3: on the UDP port of the same number. */
    H3
}
