package dev.jarway.runtime.upstream;

import dev.jarway.runtime.config.RetriesConfig;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.List;

/** Why a call was not answered, as far as another try depends on that. */
public enum Mishap {
    /** No connection: nothing was sent. */
    CONNECT_FAILURE,
    /** The endpoint says that it has not begun with the request (RFC 9113 section 8.7). That is not held against it. */
    REFUSED_STREAM,
    /** The connection or the stream was closed; what the endpoint has done by then nobody knows. */
    RESET,
    /** No response in time. */
    TIMEOUT,
    /** Something else, which another try would meet too, or that is not the endpoint's doing. */
    OTHER;

    private static final long REFUSED = 7;

    /** What a failure of a request's connection comes to. */
    static Mishap of(Throwable cause, HttpClientRequest request) {
        if (cause instanceof StreamResetException reset) {
            return reset.getCode() == REFUSED ? REFUSED_STREAM : RESET;
        }
        if (Goodbye.leavesOut(request)) {
            return REFUSED_STREAM;
        }
        return ofHttp1(cause);
    }

    /** What a failure of a connection of HTTP/1 comes to. */
    static Mishap ofHttp1(Throwable cause) {
        return cause instanceof HttpClosedException || cause instanceof IOException ? RESET : OTHER;
    }

    /** Whether it is certain that the endpoint has not begun with the request, so that it may be sent again whatever it is. */
    public boolean isUnsent() {
        return this == CONNECT_FAILURE || this == REFUSED_STREAM;
    }

    /** Whether a service wants another try then. */
    public boolean isCovered(RetriesConfig retries) {
        List<String> on = retries.on();
        return switch (this) {
            case CONNECT_FAILURE -> on.contains("connect-failure");
            case REFUSED_STREAM -> on.contains("refused-stream");
            case RESET -> on.contains("reset");
            case TIMEOUT -> retries.perTryTimeout().isPresent();
            case OTHER -> false;
        };
    }
}
