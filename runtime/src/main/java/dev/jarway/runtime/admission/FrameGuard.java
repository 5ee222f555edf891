package dev.jarway.runtime.admission;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.vertx.core.http.impl.tcp.Http1xOrH2CHandler;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a client's connection and the parser of HTTP/2. It sees to the time that header fields may take, from the
 * first byte of HEADERS to the last of the frame that ends them: it looks at the frames before they are parsed, since nobody is
 * told of those that do not come to their end; meanwhile nothing else may come on the connection (RFC 9113 section 6.10). And it
 * hands on nothing more once the connection has been {@linkplain LastWord ended}, of which it sees to it that the client hears.
 * Behind TLS it waits for the end of the handshake, leaves if that was for another protocol, and gives the preface the same time.
 * Of one connection.
 */
public final class FrameGuard extends ChannelDuplexHandler {
    /** So many are handed on at a time: one of them may end the connection. */
    private static final int FRAMES_AT_A_TIME = 8;

    private static final int FRAME_HEADER = 9;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;

    private final Door door;
    private final Lingering end = new Lingering();
    private final byte[] header = new byte[FRAME_HEADER];
    private int held;
    private int rest;
    private boolean inFields;
    private boolean endsFields;
    private boolean newFields;
    private @Nullable ScheduledFuture<?> timer;

    /** Of a connection at that door: the handshake of TLS is to come, or else the preface has. */
    public FrameGuard(Door door) {
        this.door = door;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        boolean agreed = event instanceof SslHandshakeCompletionEvent;
        boolean spoken = agreed && speaksHttp2(context);
        if (spoken) {
            awaitPreface();
            time(context);
        }
        context.fireUserEventTriggered(event);
        if (agreed && !spoken) {
            context.pipeline().remove(this);
        }
    }

    private static boolean speaksHttp2(ChannelHandlerContext context) {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        return tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol());
    }

    private void awaitPreface() {
        rest = Http1xOrH2CHandler.HTTP_2_PREFACE.length();
        inFields = true;
        endsFields = true;
    }

    /** Looks at frames, of which the first byte to come is the beginning of one. */
    void look(ByteBuf bytes, int from) {
        int at = from;
        while (at < bytes.writerIndex()) {
            at = lookOn(bytes, at);
        }
    }

    /** Looks at some frames; where these end, or the bytes do. */
    private int lookOn(ByteBuf bytes, int from) {
        int at = from;
        int frames = 0;
        while (at < bytes.writerIndex() && frames < FRAMES_AT_A_TIME) {
            if (rest > 0) {
                int taken = Math.min(rest, bytes.writerIndex() - at);
                rest -= taken;
                at += taken;
            } else {
                header[held++] = bytes.getByte(at++);
                if (held == FRAME_HEADER) {
                    frame();
                }
            }
            if (rest == 0 && held == 0) {
                frames++;
                inFields &= !endsFields;
                endsFields = false;
            }
        }
        return at;
    }

    private void frame() {
        held = 0;
        rest = ((header[0] & 0xff) << 16) | ((header[1] & 0xff) << 8) | (header[2] & 0xff);
        if (header[3] == HEADERS || header[3] == CONTINUATION) {
            newFields |= !inFields;
            inFields = true;
            endsFields = (header[4] & END_HEADERS) != 0;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        time(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        if (end.hasBegun()) {
            bytes.release();
            return;
        }
        int seen = lookOn(bytes, bytes.readerIndex());
        while (seen < bytes.writerIndex() && !LastWord.isSaid(context.channel())) {
            context.fireChannelRead(bytes.readRetainedSlice(seen - bytes.readerIndex()));
            seen = lookOn(bytes, seen);
        }
        if (LastWord.isSaid(context.channel())) {
            stop();
            bytes.release();
        } else {
            time(context);
            context.fireChannelRead(bytes);
        }
    }

    private void time(ChannelHandlerContext context) {
        if (!inFields || newFields) {
            stop(); // The fields that it was for have ended, be it that the next have begun with the same bytes.
        }
        newFields = false;
        if (inFields && timer == null) {
            timer = context.executor()
                    .schedule(() -> late(context), door.limits().headersWithin().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void late(ChannelHandlerContext context) {
        door.counts().add(Limit.HEADERS_WITHIN);
        ChannelHandlerContext at = context.pipeline().context(Http2ConnectionHandler.class);
        if (at != null && at.handler() instanceof Http2ConnectionHandler http2) {
            http2.onError(
                    at, true, Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "limits.headersWithin"));
        } else {
            WireGuard.hangUp(context);
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (LastWord.isSaid(context.channel())) {
            end.close(context, promise);
        } else {
            var unused = context.close(promise);
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
