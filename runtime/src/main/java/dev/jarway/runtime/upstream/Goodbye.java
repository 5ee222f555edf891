package dev.jarway.runtime.upstream;

import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientConnection;

/** What an endpoint says with {@code GOAWAY} of the requests that are under way on its connection. */
final class Goodbye {
    private Goodbye() {}

    /**
     * Whether it is certain that the endpoint has not begun with a request: it is behind the last that the endpoint names (RFC
     * 9113 section 6.8), or came too late to be sent at all. Netty is asked, since Vert.x knows of the first {@code GOAWAY}
     * alone, which promises everything if the endpoint leaves in peace.
     */
    static boolean leavesOut(HttpClientRequest request) {
        if (request.version() != HttpVersion.HTTP_2
                || !(request.connection() instanceof HttpClientConnection connection)) {
            return false;
        }
        Http2ConnectionHandler handler =
                connection.channelHandlerContext().pipeline().get(Http2ConnectionHandler.class);
        if (handler == null) {
            return false;
        }
        Http2Connection streams = handler.connection();
        return streams.goAwayReceived()
                && (request.streamId() <= 0
                        || request.streamId() > streams.local().lastStreamKnownByPeer());
    }
}
