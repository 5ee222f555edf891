package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.FieldsListener;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/**
 * A screen before Vert.x's client on a connection of HTTP/2, which asks little of a response. What cannot be one fails, and costs
 * its stream alone. Responses before the final one, but for 100 and 103, would be taken for that: they do not come through.
 */
final class Http2Responses extends FieldsListener {
    private final Http2Connection connection;

    private Http2Responses(Http2ConnectionHandler http2) {
        super(http2.decoder().frameListener());
        this.connection = http2.connection();
    }

    static void screen(HttpConnection connection) {
        if (connection instanceof HttpClientConnection client) {
            Http2ConnectionHandler http2 =
                    client.channelHandlerContext().pipeline().get(Http2ConnectionHandler.class);
            if (http2 != null && !(http2.decoder().frameListener() instanceof Http2Responses)) {
                http2.decoder().frameListener(new Http2Responses(http2));
            }
        }
    }

    /** Why a request has failed: what was said here, if it was. */
    static Throwable why(Throwable failure) {
        return failure instanceof Http2Exception && failure.getCause() instanceof GatewayFailure said ? said : failure;
    }

    @Override
    protected boolean look(int stream, Http2Headers fields, boolean last) throws Http2Exception {
        CharSequence status = fields.status();
        if (status == null) {
            return true; // Trailers, or Netty has said so.
        }
        if (!isStatus(status)) {
            throw invalid(stream, ":status: not three digits");
        }
        if (status.charAt(0) != '1') {
            return true;
        }
        String provisional = status.toString();
        if (provisional.equals("101")) {
            throw invalid(stream, ":status: 101 in HTTP/2 (RFC 9113 section 8.6)");
        }
        if (last) {
            throw invalid(stream, "a provisional response, and nothing after it");
        }
        return provisional.equals("100") || provisional.equals("103");
    }

    /** As in a status line. */
    private static boolean isStatus(CharSequence text) {
        boolean form = text.length() == 3 && text.charAt(0) != '0';
        for (int i = 0; form && i < 3; i++) {
            form = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return form;
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean last)
            throws Http2Exception {
        Http2Stream stream = connection.stream(id);
        if (stream != null && !stream.isHeadersReceived()) {
            throw invalid(id, "a body in front of the header fields");
        }
        return super.onDataRead(context, id, data, padding, last);
    }

    private static Http2Exception invalid(int stream, String detail) {
        GatewayFailure why = GatewayFailure.of(FailureCode.UPSTREAM_INVALID, detail);
        return Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, why, "%s", detail);
    }
}
