package dev.jarway.runtime.listener;

import dev.jarway.runtime.proxy.ProxyLoop;
import io.vertx.core.http.FormDecoderConfig;
import io.vertx.core.http.Http3Settings;
import io.vertx.core.http.QueryParamDecoderConfig;
import io.vertx.core.http.impl.HttpServerRequestImpl;
import io.vertx.core.http.impl.HttpServerStream;
import io.vertx.core.http.impl.http3.Http3ServerConnection;
import io.vertx.core.internal.http.QueryParamDecoder;
import io.vertx.core.internal.net.QuicConnectionInternal;

/** What makes requests of the streams of QUIC connections, as Vert.x does. Of one listener and one event loop. */
final class Http3Requests {
    private static final FormDecoderConfig FORMS = new FormDecoderConfig();
    private static final QueryParamDecoder QUERIES = new QueryParamDecoder(new QueryParamDecoderConfig());

    private final HttpListener listener;
    private final ProxyLoop loop;

    Http3Requests(HttpListener listener, ProxyLoop loop) {
        this.listener = listener;
        this.loop = loop;
    }

    /** Serves what comes on a connection whose handshake is over. */
    void serve(QuicConnectionInternal connection) {
        String origin = "https://" + connection.localAddress().host() + ":"
                + connection.localAddress().port();
        Http3ServerConnection http3 = new Http3ServerConnection(connection, settings(), null, null);
        http3.init();
        http3.streamHandler(stream -> request(stream, origin).init());
        listener.entrance().attendQuic(http3);
    }

    /** A size in bytes, of fields as they are decoded. */
    private Http3Settings settings() {
        return new Http3Settings()
                .setMaxFieldSectionSize(2L * listener.config().limits().headers());
    }

    private HttpServerRequestImpl request(HttpServerStream stream, String origin) {
        return new HttpServerRequestImpl(
                request -> listener.entrance().enter(request, loop),
                stream,
                stream.context(),
                false,
                FORMS.getMaxAttributeSize(),
                FORMS.getMaxFields(),
                FORMS.getMaxBufferedBytes(),
                QUERIES,
                origin);
    }
}
