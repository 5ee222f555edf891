package dev.jarway.runtime.admission;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Map;

/**
 * The header fields of the requests of an HTTP/2 connection as they came: what neither Netty nor Vert.x takes for malformed, or
 * what Vert.x makes nothing of.
 */
public final class RequestFields extends FieldsListener {
    private static final CharSequence PROTOCOL = Http2Headers.PseudoHeaderName.PROTOCOL.value();

    private RequestFields(Http2ConnectionHandler http2) {
        super(http2.decoder().frameListener());
    }

    /** Begins to look at those of a connection. */
    public static void watch(Http2ConnectionHandler http2) {
        http2.decoder().frameListener(new RequestFields(http2));
    }

    @Override
    protected boolean look(int stream, Http2Headers fields, boolean last) throws Http2Exception {
        CharSequence method = fields.method();
        if (method != null && !Octets.isToken(method)) {
            throw malformed(stream, ":method: no token");
        }
        if (fields.contains(PROTOCOL) && !HttpMethod.CONNECT.asciiName().contentEquals(method == null ? "" : method)) {
            throw malformed(stream, ":protocol: of another method than CONNECT (RFC 8441 section 4)");
        }
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            CharSequence value = field.getValue();
            if (!value.isEmpty() && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)))) {
                throw malformed(stream, "header field: a blank around its value (RFC 9113 section 8.2.1)");
            }
        }
        return true;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static Http2Exception malformed(int stream, String why) {
        return Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, why);
    }
}
