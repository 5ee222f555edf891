package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.Cork;
import dev.jarway.runtime.admission.ReadTurn;
import dev.jarway.runtime.admission.ResponseGuard;
import dev.jarway.runtime.admission.SendBacklog;
import dev.jarway.runtime.exchange.HeadOctets;
import dev.jarway.runtime.exchange.Provisional;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.SocketAddress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1 to an endpoint, which serves one request after the other. Vert.x has opened it, and its client knows of no
 * request on it: that has a future for each step of each request, and copies all fields twice. Belongs to its event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {
    /** Vert.x's own names. */
    private static final String PARSER = "codec";

    private static final String CLIENT = "handler";
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");

    private static final HttpHeadersFactory FIELDS = new HttpHeadersFactory() {
        @Override
        public HttpHeaders newHeaders() {
            return Http1xHeaders.caseInsensitive();
        }

        @Override
        public HttpHeaders newEmptyHeaders() {
            return newHeaders();
        }
    };

    private final Http1Pool pool;
    private final HttpClientConnection opened;
    private final ContextInternal context;
    private final Channel channel;
    private final ResponseGuard guard;
    private final ReadTurn reading;
    private @Nullable Http1Request request;
    private @Nullable Http1Response response;
    private boolean toHead;
    private boolean inProvisional;
    private boolean answered;
    private boolean goesOn = true;
    private @Nullable String saidOfKeeping;
    private long keptNanos;
    private long idleUntil;
    private boolean leaving;

    private Http1Connection(Http1Pool pool, HttpClientConnection opened) {
        this.pool = pool;
        this.opened = opened;
        this.context = pool.context();
        this.channel = opened.channelHandlerContext().channel();
        this.reading = ReadTurn.shorten(channel);
        SendBacklog.bound(channel);
        this.guard = ResponseGuard.place(channel.pipeline());
        this.keptNanos = pool.kept().toNanos();
    }

    /** Takes over what Vert.x has opened. */
    static Http1Connection on(HttpClientConnection opened, Http1Pool pool) {
        Http1Connection connection = new Http1Connection(pool, opened);
        ChannelPipeline pipeline = connection.channel.pipeline();
        pipeline.replace(PARSER, PARSER, connection.new Parser());
        pipeline.addBefore(CLIENT, "endpoint", connection);
        Cork.placeBehind(pipeline, PARSER);
        return connection;
    }

    /** Netty's, which keeps fields as Vert.x does. Its own checks are left out: the guard has looked at all of it. */
    private final class Parser extends HttpResponseDecoder {
        Parser() {
            super(new HttpDecoderConfig()
                    .setMaxInitialLineLength(2 * ResponseGuard.LIMITS.requestLine())
                    .setMaxHeaderSize(2 * ResponseGuard.LIMITS.headers())
                    .setMaxChunkSize(ReadTurn.MOST_OF_BODY)
                    .setHeadersFactory(FIELDS));
        }

        @Override
        protected AsciiString splitHeaderName(byte[] octets, int from, int length) {
            return pool.names().of(octets, from, length);
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return toHead || super.isContentAlwaysEmpty(message);
        }

        /** All that one read brings is one turn of the loop's context. */
        @Override
        public void channelRead(ChannelHandlerContext handler, Object message) throws Exception {
            ContextInternal before = context.beginDispatch();
            try {
                super.channelRead(handler, message);
            } finally {
                context.endDispatch(before);
            }
        }

        /** The end of the connection may be that of a response. */
        @Override
        public void channelInactive(ChannelHandlerContext handler) throws Exception {
            ContextInternal before = context.beginDispatch();
            try {
                super.channelInactive(handler);
            } finally {
                context.endDispatch(before);
            }
        }
    }

    SocketAddress remoteAddress() {
        return opened.remoteAddress();
    }

    boolean isActive() {
        return !leaving && channel.isActive();
    }

    boolean isExpired(long now) {
        return now - idleUntil >= 0;
    }

    /** A request on it, which is idle. */
    Http1Request request() {
        Http1Request next = new Http1Request(this);
        request = next;
        return next;
    }

    /** The request is about to be sent; {@code head} says whether by the method HEAD. */
    void expect(boolean head) {
        toHead = head;
        answered = false;
        guard.expect(head);
    }

    HeadOctets octets() {
        return pool.octets();
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    void write(ByteBuf octets) {
        var unused = channel.write(octets, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    void bodyComes(Http1Request of, BooleanSupplier taker) {
        if (request == of && !answered) {
            reading.bodyBegins(taker);
        }
    }

    void bodyLeft(Http1Request of) {
        if (request == of) {
            reading.bodyEnds();
        }
    }

    /** It is not to be read: unless there is nothing more of the response, and what comes is the next one's. */
    void hold(Http1Response of) {
        if (response == of && !answered) {
            channel.config().setAutoRead(false);
        }
    }

    void readOn(Http1Response of) {
        if (response == of) {
            channel.config().setAutoRead(true);
        }
    }

    /** The request is given up: if the connection is its own still, it is closed, unless nothing has been sent. */
    void giveUp(Http1Request of, boolean unused) {
        if (request != of) {
            return;
        }
        Http1Response begun = response;
        request = null;
        response = null;
        if (unused) {
            rest();
            return;
        }
        close();
        if (begun != null && !answered) {
            begun.broken(new HttpClosedException("given up"));
        }
    }

    /** It is not to be used again. */
    void leave() {
        leaving = true;
        if (request == null) {
            close();
        }
    }

    void close() {
        leaving = true;
        var unused = channel.close();
    }

    /** The request, or the response, has come to its end; if both have, it is free. */
    void freeIfDone() {
        if (request != null && answered && request.ended()) {
            request = null;
            response = null;
            rest();
        }
    }

    /** Nothing is under way on it. */
    void rest() {
        if (goesOn && !leaving && !guard.isClosing() && channel.isActive()) {
            idleUntil = pool.now() + keptNanos;
            pool.giveBack(this);
        } else {
            close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext handler, Object read) {
        Http1Request current = request;
        if (current == null || !(read instanceof HttpObject message)) {
            ReferenceCountUtil.release(read); // It has been given up, or is of another protocol, and is being closed.
        } else if (message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            broken(message.decoderResult().cause());
            close();
        } else {
            if (message instanceof HttpResponse head) {
                begins(current, head);
            }
            if (message instanceof HttpContent content) {
                goesOn(content);
            }
        }
    }

    private void begins(Http1Request current, HttpResponse head) {
        OutboundRequest.Listener listener = current.listener();
        int status = head.status().code();
        inProvisional = Provisional.isOne(status);
        if (inProvisional) {
            if (listener != null) {
                listener.provisional(Provisional.received(status, (MultiMap) head.headers()));
            }
            return;
        }
        goesOn = HttpUtil.isKeepAlive(head);
        String kept = head.headers().get(KEEP_ALIVE);
        if (kept != null && !kept.equals(saidOfKeeping)) {
            saidOfKeeping = kept; // Mostly the same in each response.
            keptNanos = KeepAliveField.kept(kept, pool.kept()).toNanos();
        }
        Http1Response begun = new Http1Response(this, head);
        response = begun;
        if (listener != null) {
            listener.responded(begun);
        }
    }

    private void goesOn(HttpContent content) {
        Http1Response current = response;
        boolean last = content instanceof LastHttpContent;
        if (inProvisional || current == null) {
            inProvisional &= !last;
            content.release();
            return;
        }
        BufferInternal piece = content.content().isReadable() ? BufferInternal.safeBuffer(content.content()) : null;
        if (piece == null) {
            content.release();
        }
        if (last) {
            answered = true;
            reading.bodyEnds();
            if (!channel.config().isAutoRead()) {
                channel.config().setAutoRead(true);
            }
            freeIfDone();
        }
        try {
            if (piece != null) {
                current.come(piece);
            }
            if (last) {
                current.ended(((LastHttpContent) content).trailingHeaders());
            }
        } catch (RuntimeException e) {
            context.reportException(e); // The connection may be somebody else's by now.
        }
    }

    /** Tells whoever waits for the answer, or for its rest. */
    private void broken(Throwable cause) {
        OutboundRequest.Listener listener = request == null ? null : request.listener();
        Http1Response begun = response;
        request = null;
        response = null;
        if (begun != null && !answered) {
            begun.broken(cause);
        } else if (begun == null && listener != null) {
            listener.broken(cause, Mishap.ofHttp1(cause));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
        ContextInternal before = context.beginDispatch();
        try {
            broken(cause);
        } finally {
            context.endDispatch(before);
        }
        close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext handler) {
        broken(new HttpClosedException("Connection was closed"));
        pool.closed(this);
        handler.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext handler) {
        if (channel.isWritable() && request != null) {
            ContextInternal before = context.beginDispatch();
            try {
                request.drained();
            } finally {
                context.endDispatch(before);
            }
        }
        handler.fireChannelWritabilityChanged();
    }
}
