package dev.jarway.runtime.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.impl.HttpClientConnection;
import java.util.Locale;
import java.util.Map;

/** The end of a request over HTTP/2 that has trailers. Vert.x's client has no place for them, so they go past it. */
final class TrailingEnd {
    private TrailingEnd() {}

    /**
     * Ends a request whose head and body have been sent; what Vert.x still keeps back would be lost. On the event loop of its
     * connection.
     */
    static void send(HttpClientRequest request, MultiMap trailers) {
        if (request.connection() instanceof HttpClientConnection connection) {
            write(
                    connection.channelHandlerContext().channel().pipeline().context(Http2ConnectionHandler.class),
                    request.streamId(),
                    trailers);
        }
        // Vert.x has to know that this is the end. Netty refuses what it would send, for the stream has ended.
        var unused = request.end();
    }

    private static void write(ChannelHandlerContext context, long id, MultiMap trailers) {
        Http2ConnectionHandler http2 = (Http2ConnectionHandler) context.handler();
        if (http2.connection().stream((int) id) == null) {
            return; // The endpoint has not waited for it.
        }
        Http2Headers fields = new DefaultHttp2Headers();
        for (Map.Entry<String, String> field : trailers) {
            fields.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
        }
        var unused = http2.encoder().writeHeaders(context, (int) id, fields, 0, true, context.newPromise());
        context.flush();
    }
}
