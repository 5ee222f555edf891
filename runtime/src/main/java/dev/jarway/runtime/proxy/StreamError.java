package dev.jarway.runtime.proxy;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Why a stream is broken off (RFC 9113 section 7, RFC 9114 section 8.1). */
enum StreamError {
    /** Nothing is wrong; it is just over. */
    NONE(0, 0x100),

    /** What was to be sent cannot be. */
    INTERNAL(2, 0x102),

    /** Nobody wants the rest. */
    CANCEL(8, 0x10c);

    private final long http2;
    private final long http3;

    StreamError(long http2, long http3) {
        this.http2 = http2;
        this.http3 = http3;
    }

    /** Its number in the protocol of that request. */
    long code(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_3 ? http3 : http2;
    }
}
