package dev.jarway.runtime.upstream;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;

/** A response that has come by Vert.x's client. Belongs to one event loop. */
final class VertxResponse implements InboundResponse {
    private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("keep-alive");

    private final HttpClientResponse response;
    private final MultiMap fields;

    VertxResponse(HttpClientResponse response) {
        response.pause();
        response.exceptionHandler(told -> {}); // Until somebody reads its body. Vert.x would write it into the log.
        this.response = response;
        this.fields = isReadAgain(response) ? HttpHeaders.headers().setAll(response.headers()) : response.headers();
    }

    /**
     * Whether the fields that came are to be left as they are. Vert.x reads in them, once the end is here, whether the connection goes
     * on (RFC 9112 section 9.6): that matters where they say more of it than the version does.
     */
    private static boolean isReadAgain(HttpClientResponse response) {
        String connection = response.headers().get(HttpHeaders.CONNECTION);
        return response.version() != HttpVersion.HTTP_1_1
                || response.statusCode() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()
                || (connection != null && !connection.equalsIgnoreCase("keep-alive"))
                || response.headers().contains(KEEP_ALIVE);
    }

    @Override
    public int status() {
        return response.statusCode();
    }

    @Override
    public MultiMap fields() {
        return fields;
    }

    /** Over HTTP/1, nothing follows a body of a given length (RFC 9112 section 7.1.2); it has been looked at on the wire. */
    @Override
    public long length() {
        String length = response.version().compareTo(HttpVersion.HTTP_2) < 0
                ? response.headers().get(HttpHeaders.CONTENT_LENGTH)
                : null;
        return length == null ? -1 : Long.parseLong(length);
    }

    @Override
    public ReadStream<Buffer> body() {
        return response;
    }

    @Override
    public MultiMap trailers() {
        return response.trailers();
    }

    @Override
    public NetSocket socket() {
        return response.netSocket();
    }
}
