package dev.jarway.runtime.admission;

import io.netty.channel.ChannelHandlerContext;
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

    /** Looks at what has come on a stream, and says whether it is passed on. */
    protected abstract boolean look(int stream, Http2Headers fields);

    @Override
    public final void onHeadersRead(
            ChannelHandlerContext context, int stream, Http2Headers fields, int padding, boolean last)
            throws Http2Exception {
        if (look(stream, fields)) {
            super.onHeadersRead(context, stream, fields, padding, last);
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
        if (look(stream, fields)) {
            super.onHeadersRead(context, stream, fields, dependency, weight, exclusive, padding, last);
        }
    }
}
