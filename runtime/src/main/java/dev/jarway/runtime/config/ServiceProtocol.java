package dev.jarway.runtime.config;

/** What is spoken to the endpoints of a service. */
public enum ServiceProtocol {
    /** HTTP/1.1. */
    H1,
    /** HTTP/2; without TLS from the first byte on. */
    H2,
    /** Over TLS what the endpoint prefers of the two, HTTP/2 if it does not mind; without TLS HTTP/1.1. */
    AUTO
}
