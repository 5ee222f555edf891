package dev.jarway.runtime.admission;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** The trailers of the requests of one HTTP/1 connection, kept with each request, since Vert.x throws them away. */
final class Http1Trailers extends ChannelInboundHandlerAdapter {
    private @Nullable Chunked coming;

    /** A request whose trailers come later, if it has any. */
    static final class Chunked extends DefaultHttpRequest {
        private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;

        private Chunked(HttpRequest parsed) {
            super(parsed.protocolVersion(), parsed.method(), parsed.uri(), parsed.headers());
            setDecoderResult(parsed.decoderResult());
        }

        /** Those that have come. */
        HttpHeaders trailers() {
            return trailers;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            coming = HttpUtil.isTransferEncodingChunked(request) ? new Chunked(request) : null;
            context.fireChannelRead(coming == null ? request : coming);
            return;
        }
        if (coming != null && message instanceof LastHttpContent last) {
            coming.trailers = last.trailingHeaders();
            coming = null;
        }
        context.fireChannelRead(message);
    }
}
