package dev.jarway.runtime.admission;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The trailers of the requests of one HTTP/2 connection, kept with each stream, since Vert.x throws them away. */
final class Http2Trailers extends FieldsListener {
    private static final AttributeKey<Http2Trailers> KEY = AttributeKey.valueOf(Http2Trailers.class, "trailers");

    private final Http2Connection connection;
    private final Http2Connection.PropertyKey property;

    private Http2Trailers(Http2ConnectionHandler http2) {
        super(http2.decoder().frameListener());
        this.connection = http2.connection();
        this.property = connection.newKey();
    }

    /** Begins to keep those of a connection. */
    static void keep(Channel channel, Http2ConnectionHandler http2) {
        Http2Trailers trailers = new Http2Trailers(http2);
        http2.decoder().frameListener(trailers);
        channel.attr(KEY).set(trailers);
    }

    /** What a request on that connection finds its own by; null if nobody keeps them. */
    static @Nullable Http2Trailers at(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** The stream of a request that is under way; null if it has been reset meanwhile. */
    @Nullable
    Http2Stream stream(long id) {
        return connection.stream((int) id);
    }

    /** Those that have come on a stream. */
    List<Map.Entry<String, String>> of(Http2Stream stream) {
        List<Map.Entry<String, String>> kept = stream.getProperty(property);
        return kept == null ? List.of() : kept;
    }

    @Override
    protected boolean look(int id, Http2Headers fields, boolean last) {
        Http2Stream stream = connection.stream(id);
        // Netty takes header fields that end their stream for both; trailers have no method (RFC 9113 section 8.1).
        if (stream != null && stream.isTrailersReceived() && fields.method() == null) {
            stream.setProperty(property, copy(fields));
        }
        return true;
    }

    private static List<Map.Entry<String, String>> copy(Http2Headers fields) {
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            kept.add(Map.entry(field.getKey().toString(), field.getValue().toString()));
        }
        return kept;
    }
}
