package dev.jarway.runtime.proxy;

import dev.jarway.runtime.admission.Cork;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * The breaking off of an answer. One that the client has not provoked goes over HTTP/2 past Vert.x, and past the encoder that counts
 * such resets as a client provokes: who shares a connection with others does not have to answer for their services. All go out at once.
 */
final class StreamReset {
    private StreamReset() {}

    /** Sends it, behind what has been written. In HTTP/1, the connection is closed. */
    static void send(HttpServerRequest request, StreamError why) {
        if (request.version() == HttpVersion.HTTP_2) {
            sendHttp2(request, why);
        } else {
            request.response().reset(why.code(request));
        }
    }

    /** Sends one that its client may have provoked, and that is counted with those. */
    static void sendProvoked(HttpServerRequest request, StreamError why) {
        request.response().reset(why.code(request));
        if (request.version() == HttpVersion.HTTP_2) {
            Cork.pull(connection(request).pipeline());
        }
    }

    /** Sends it where what has been written is not taken, and drops that. To Vert.x, a stream is over once its end is written. */
    static void force(HttpServerRequest request, StreamError why) {
        switch (request.version()) {
            case HTTP_2 -> sendHttp2(request, why);
            case HTTP_3 -> {
                // Of a stream whose end has been written nobody gives away the handle; its connection is what is left.
                if (request.response().reset(why.code(request)).failed()) {
                    request.connection().close();
                }
            }
            default -> {
                var unused = connection(request).close(); // That of the channel would wait until all has been taken.
            }
        }
    }

    private static void sendHttp2(HttpServerRequest request, StreamError why) {
        ChannelHandlerContext at = connection(request).pipeline().context(Http2ConnectionHandler.class);
        int stream = (int) request.streamId();
        if (at != null
                && at.handler() instanceof Http2ConnectionHandler http2
                && http2.connection().stream(stream) != null) {
            var unused = http2.resetStream(at, stream, why.code(request), at.newPromise());
            at.flush();
            Cork.pull(at.pipeline()); // Until it is out, Netty goes on with what the stream has to send.
        }
    }

    private static ChannelHandlerContext connection(HttpServerRequest request) {
        return ((HttpServerConnection) request.connection()).channelHandlerContext();
    }
}
