package dev.jarway.runtime.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/**
 * A screen before Vert.x's client on a connection of HTTP/2, which would take responses before the final one for that, but for
 * 100 and 103: others do not come through.
 */
final class Http2Provisionals extends Http2FrameListenerDecorator {

    private Http2Provisionals(Http2FrameListener behind) {
        super(behind);
    }

    static void screen(HttpConnection connection) {
        if (connection instanceof HttpClientConnection client) {
            Http2ConnectionHandler http2 =
                    client.channelHandlerContext().pipeline().get(Http2ConnectionHandler.class);
            if (http2 != null && !(http2.decoder().frameListener() instanceof Http2Provisionals)) {
                http2.decoder()
                        .frameListener(new Http2Provisionals(http2.decoder().frameListener()));
            }
        }
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext context, int stream, Http2Headers fields, int padding, boolean last)
            throws Http2Exception {
        if (!isUnknownToVertx(fields)) {
            super.onHeadersRead(context, stream, fields, padding, last);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers fields,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last)
            throws Http2Exception {
        if (!isUnknownToVertx(fields)) {
            super.onHeadersRead(context, stream, fields, dependency, weight, exclusive, padding, last);
        }
    }

    private static boolean isUnknownToVertx(Http2Headers fields) {
        CharSequence status = fields.status();
        return status != null
                && status.length() == 3
                && status.charAt(0) == '1'
                && !status.toString().equals("100")
                && !status.toString().equals("103");
    }
}
