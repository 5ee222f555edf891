package dev.jarway.runtime.admission;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3HeadersValidationException;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamResetException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpHeaders;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard of one stream of HTTP/3, between Netty and Vert.x. A request that is malformed ends with its stream (RFC 9114 section
 * 4.1.2), and so does one whose header fields do not come in time: Vert.x would leave the one without an answer, and wait for the
 * other. What carries nothing of a message is counted, as over HTTP/2.
 */
final class Http3Guard extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Http3Guard.class);

    private final Door door;
    private final RateCount count;
    private boolean begun;
    private boolean refused;
    private long expected = -1;
    private long seen;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * Of a stream that has just been opened, of a connection at that door.
     *
     * @param count of the connection
     */
    Http3Guard(Door door, RateCount count) {
        this.door = door;
        this.count = count;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = context.executor()
                .schedule(() -> late(context), door.limits().headersWithin().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void late(ChannelHandlerContext context) {
        door.counts().add(Limit.HEADERS_WITHIN);
        refuse(context, Http3ErrorCode.H3_REQUEST_INCOMPLETE, "limits.headersWithin");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!refused && message instanceof Http3HeadersFrame frame && !begun) {
            begin(context, frame.headers());
        } else if (message instanceof Http3DataFrame data && data.content().isReadable()) {
            seen += data.content().readableBytes();
        } else if (!(message instanceof Http3HeadersFrame)) {
            spend(context);
        }
        if (refused) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private void begin(ChannelHandlerContext context, Http3Headers fields) {
        String why = Http3Head.malformed(fields);
        if (why == null) {
            begun = true;
            expected = fields.getLong(HttpHeaders.CONTENT_LENGTH, -1);
            stop();
        } else {
            refuse(context, Http3ErrorCode.H3_MESSAGE_ERROR, why);
        }
    }

    /** Vert.x takes the end for that of the body before Netty has compared its length with what was announced. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!refused && event == ChannelInputShutdownEvent.INSTANCE) {
            if (!begun) {
                refuse(context, Http3ErrorCode.H3_REQUEST_INCOMPLETE, "no header fields");
            } else if (expected >= 0 && seen != expected) {
                refuse(context, Http3ErrorCode.H3_MESSAGE_ERROR, "content-length: not that of the body");
            }
        }
        if (!refused) {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (isMalformed(cause)) {
            refuse(context, Http3ErrorCode.H3_MESSAGE_ERROR, String.valueOf(cause.getMessage()));
        } else if (cause instanceof Http3Exception) {
            // The connection ends for it, and Vert.x would write an error of the client's into the log as one of its
            // own.
            log.debug("A client does not speak HTTP/3 as it should", cause);
        } else {
            if (cause instanceof QuicStreamResetException) {
                spend(context);
            }
            if (!refused) {
                context.fireExceptionCaught(cause);
            }
        }
    }

    /** What carries nothing costs the gateway more than the client: a stream that is reset, above all (RFC 9114 section 10.5). */
    private void spend(ChannelHandlerContext context) {
        if (count.exceeds()) {
            QuicChannel connection = ((QuicStreamChannel) context.channel()).parent();
            var unused = connection.close(true, Http3ErrorCode.H3_EXCESSIVE_LOAD.code(), Unpooled.EMPTY_BUFFER);
        }
    }

    private static boolean isMalformed(Throwable cause) {
        return cause instanceof Http3HeadersValidationException
                || cause instanceof IllegalArgumentException // A content-length that is no number.
                || (cause instanceof Http3Exception http3 && http3.errorCode() == Http3ErrorCode.H3_MESSAGE_ERROR);
    }

    /** Netty, too, would reset the stream, but closes it before, and what closes without an error looks complete. */
    private void refuse(ChannelHandlerContext context, Http3ErrorCode code, String why) {
        if (refused) {
            return;
        }
        refused = true;
        stop();
        spend(context);
        log.debug("A request from {} is refused: {}", context.channel().parent().remoteAddress(), why);
        var unused = ((QuicStreamChannel) context.channel()).shutdown(code.code());
        unused = context.close();
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }
}
