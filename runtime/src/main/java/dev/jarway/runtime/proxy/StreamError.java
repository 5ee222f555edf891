package dev.jarway.runtime.proxy;

/** Why a stream of HTTP/2 is broken off (RFC 9113 section 7). */
final class StreamError {
    /** Nothing is wrong; it is just over. */
    static final long NONE = 0;

    /** What was to be sent cannot be. */
    static final long INTERNAL = 2;

    private StreamError() {}
}
