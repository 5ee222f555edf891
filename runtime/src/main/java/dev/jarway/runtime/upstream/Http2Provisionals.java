package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.FieldsListener;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/**
 * A screen before Vert.x's client on a connection of HTTP/2, which would take responses before the final one for that, but for
 * 100 and 103: others do not come through.
 */
final class Http2Provisionals extends FieldsListener {

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
    protected boolean look(int stream, Http2Headers fields, boolean last) {
        CharSequence status = fields.status();
        return status == null
                || status.length() != 3
                || status.charAt(0) != '1'
                || status.toString().equals("100")
                || status.toString().equals("103");
    }
}
