package dev.jarway.runtime.admission;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/** A look at all header fields and trailers of a connection of HTTP/2 before they are passed on. Belongs to its event loop. */
public abstract class FieldsListener extends Http2FrameListenerDecorator {

    /** One that passes on to that listener. */
    protected FieldsListener(Http2FrameListener behind) {
        super(behind);
    }

    /**
     * Looks at what has come on a stream, be it the last of it, and says whether it is passed on.
     *
     * @throws Http2Exception if it is malformed
     */
    protected abstract boolean look(int stream, Http2Headers fields, boolean last) throws Http2Exception;

    @Override
    public final void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers fields, int padding, boolean last)
            throws Http2Exception {
        if (look(stream, fields, last)) {
            try {
                super.onHeadersRead(context, stream, fields, padding, last);
            } catch (RuntimeException e) {
                throw notTaken(stream, e);
            }
        }
    }

    @Override
    public final void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers fields,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last)
            throws Http2Exception {
        if (look(stream, fields, last)) {
            try {
                super.onHeadersRead(context, stream, fields, dependency, weight, exclusive, padding, last);
            } catch (RuntimeException e) {
                throw notTaken(stream, e);
            }
        }
    }

    /**
     * What Vert.x makes nothing of costs its stream; it would cost the connection, and the streams of others would not be told why.
     */
    private static Http2Exception notTaken(int stream, RuntimeException why) {
        return Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, why, "header fields: not taken");
    }
}
