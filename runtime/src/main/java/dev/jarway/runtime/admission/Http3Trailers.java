package dev.jarway.runtime.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.AttributeKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trailers of the requests of one HTTP/3 connection, kept by stream, since Vert.x throws them away. Belongs to the event loop
 * of the connection, as its streams do.
 */
final class Http3Trailers extends ChannelInboundHandlerAdapter {
    private static final AttributeKey<Http3Trailers> KEY = AttributeKey.valueOf(Http3Trailers.class, "trailers");

    private final Map<Long, Kept> streams = new HashMap<>();
    private final Door door;
    private final RateCount count;

    private Http3Trailers(Door door) {
        this.door = door;
        this.count = RateCount.ofControlFrames(door);
    }

    /** Begins to keep those of a connection at that door: between Netty, which makes the streams, and Vert.x. */
    static void keep(Channel quic, Door door) {
        Http3Trailers trailers = new Http3Trailers(door);
        quic.pipeline().addBefore("handler", "trailers", trailers);
        quic.attr(KEY).set(trailers);
    }

    /** Those of the request on a stream of that connection. */
    static ReceivedTrailers of(Channel quic, long stream) {
        Http3Trailers trailers = quic.attr(KEY).get();
        Kept kept = trailers == null ? null : trailers.streams.get(stream);
        return kept == null ? List::of : () -> kept.fields;
    }

    /** Closes a stream of that connection, be it that its client has not come to an end. */
    static void close(Channel quic, long stream) {
        Http3Trailers trailers = quic.attr(KEY).get();
        Kept kept = trailers == null ? null : trailers.streams.get(stream);
        if (kept != null && kept.at != null) {
            var unused = kept.at.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof QuicStreamChannel stream && stream.type() == QuicStreamType.BIDIRECTIONAL) {
            Kept kept = new Kept();
            streams.put(stream.streamId(), kept);
            stream.closeFuture().addListener(closed -> streams.remove(stream.streamId()));
            stream.pipeline().addLast(new Http3Guard(door, count), kept);
        }
        context.fireChannelRead(message);
    }

    /** What has come on one stream: the second header fields are the trailers (RFC 9114 section 4.1). */
    private static final class Kept extends ChannelInboundHandlerAdapter {
        private @Nullable ChannelHandlerContext at;
        private boolean begun;
        private List<Map.Entry<String, String>> fields = List.of();

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            at = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http3HeadersFrame frame) {
                if (begun) {
                    // Vert.x would take it for a piece of the body that has been asked for, and keep back the end.
                    fields = copy(frame);
                    return;
                }
                begun = true;
            }
            context.fireChannelRead(message);
        }

        private static List<Map.Entry<String, String>> copy(Http3HeadersFrame frame) {
            List<Map.Entry<String, String>> copied = new ArrayList<>();
            for (Map.Entry<CharSequence, CharSequence> field : frame.headers()) {
                copied.add(Map.entry(field.getKey().toString(), field.getValue().toString()));
            }
            return copied;
        }
    }
}
