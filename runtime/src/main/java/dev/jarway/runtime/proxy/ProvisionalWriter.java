package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.Provisional;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.util.Locale;
import java.util.Map;

/** The way of a provisional response to the client, mostly past Vert.x, which has no place for it. */
final class ProvisionalWriter {

    private ProvisionalWriter() {}

    /** Sends it before the final one, whose head must not have been sent. HTTP/1.0 knows none (RFC 9110 section 15.2). */
    static void write(HttpServerRequest request, Provisional response) {
        switch (request.version()) {
            case HTTP_1_0 -> {}
            case HTTP_1_1 -> writeHttp1(request, response);
            case HTTP_2 -> writeHttp2(request, response);
            case HTTP_3 -> writeHttp3(request, response);
        }
    }

    /** Vert.x has a place for these two, and nobody else gets at its streams of HTTP/3. */
    private static void writeHttp3(HttpServerRequest request, Provisional response) {
        if (response.status() == Provisional.CONTINUE) {
            request.response().writeContinue();
        } else if (response.status() == HttpResponseStatus.EARLY_HINTS.code()) {
            MultiMap fields = MultiMap.caseInsensitiveMultiMap();
            for (Map.Entry<String, String> field : response.fields()) {
                fields.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
            }
            request.response().writeEarlyHints(fields);
        }
    }

    private static void writeHttp1(HttpServerRequest request, Provisional response) {
        if (request.connection() instanceof VertxConnection connection) {
            HttpHeaders fields = new DefaultHttpHeaders();
            for (Map.Entry<String, String> field : response.fields()) {
                fields.add(field.getKey(), field.getValue());
            }
            connection.writeToChannel(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(response.status()),
                    Unpooled.EMPTY_BUFFER,
                    fields,
                    EmptyHttpHeaders.INSTANCE));
        }
    }

    /** Nothing of this stream can be on its way yet, so nothing is overtaken. */
    private static void writeHttp2(HttpServerRequest request, Provisional response) {
        if (!(request.connection() instanceof HttpServerConnection connection)) {
            return;
        }
        ChannelHandlerContext context =
                connection.channelHandlerContext().pipeline().context(Http2ConnectionHandler.class);
        if (context != null && context.handler() instanceof Http2ConnectionHandler http2) {
            Http2Headers fields = new DefaultHttp2Headers().status(Integer.toString(response.status()));
            for (Map.Entry<String, String> field : response.fields()) {
                fields.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
            }
            var unused = http2.encoder()
                    .writeHeaders(context, (int) request.streamId(), fields, 0, false, context.newPromise());
            context.flush();
        }
    }
}
