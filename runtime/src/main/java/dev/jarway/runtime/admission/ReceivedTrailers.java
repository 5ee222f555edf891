package dev.jarway.runtime.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.http1.Http1ServerRequest;
import java.util.List;
import java.util.Map;

/** The trailers of one request as they came, from under Vert.x, which has no place for them. */
public interface ReceivedTrailers {

    /** Those that have come, once the body has ended; in the order in which they came. */
    Iterable<Map.Entry<String, String>> get();

    /** Those of a request whose body has not been read yet. */
    static ReceivedTrailers of(HttpServerRequest received) {
        if (received instanceof Http1ServerRequest http1) {
            return http1.nettyRequest() instanceof Http1Trailers.Chunked chunked ? chunked::trailers : List::of;
        }
        if (received.connection() instanceof HttpServerConnection connection) {
            Channel channel = connection.channelHandlerContext().channel();
            if (received.version() == HttpVersion.HTTP_3) {
                return Http3Trailers.of(channel, received.streamId());
            }
            Http2Trailers trailers = Http2Trailers.at(channel);
            Http2Stream stream = trailers == null ? null : trailers.stream(received.streamId());
            if (trailers != null && stream != null) {
                return () -> trailers.of(stream);
            }
        }
        return List::of;
    }

    /** Waits for none of a request over HTTP/3 that has been answered, nor for the rest of its body: its stream is closed. */
    static void giveUp(HttpServerRequest received) {
        if (received.connection() instanceof HttpServerConnection connection) {
            Http3Trailers.close(connection.channelHandlerContext().channel(), received.streamId());
        }
    }

    /** Begins to keep those of a connection of HTTP/1, behind the parser of that name. */
    static void keep(ChannelPipeline pipeline, String parser) {
        pipeline.addAfter(parser, "trailers", new Http1Trailers());
    }

    /** Begins to keep those of a connection of HTTP/2. */
    static void keep(Channel channel, Http2ConnectionHandler http2) {
        Http2Trailers.keep(channel, http2);
    }

    /**
     * Begins to keep those of a connection of HTTP/3 at that door that is ready for its first request, and to guard its streams.
     */
    static void keep(Channel quic, Door door) {
        Http3Trailers.keep(quic, door);
    }
}
