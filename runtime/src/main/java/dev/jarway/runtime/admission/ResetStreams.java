package dev.jarway.runtime.admission;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * The streams of a connection of HTTP/2 that the gateway has reset, the last of them: what is on its way on them is ignored (RFC
 * 9113 section 5.1). Netty resets a stream whose header fields are malformed, or that is one too many, before there is one; it
 * takes the body behind them for that of a stream that never was, and ends the connection with all that others have on it. Who
 * sends more on them than may be on its way, or has more streams reset than a client in good faith does, is sent away with
 * ENHANCE_YOUR_CALM (RFC 9113 section 10.5). Of one connection.
 */
public final class ResetStreams extends Http2ConnectionAdapter implements Http2LifecycleManager {
    /** More than are open at a time. */
    private static final int KEPT = 128;

    /** A stream that no client comes to. */
    private static final int BEHIND_ALL = Integer.MAX_VALUE - 2;

    private final Http2ConnectionHandler http2;
    private final Http2Connection connection;
    private final RateCount ignored;
    private final RateCount resets;
    private int[] last = {};
    private int next;

    private ResetStreams(Http2ConnectionHandler http2, Door door) {
        this.http2 = http2;
        this.connection = http2.connection();
        this.ignored = RateCount.ofControlFrames(door);
        this.resets = RateCount.ofStreamResets(door);
    }

    /** Begins to keep those of a connection at that door. */
    public static void keep(ChannelPipeline pipeline, Http2ConnectionHandler http2, Door door) {
        ResetStreams streams = new ResetStreams(http2, door);
        http2.connection().addListener(streams);
        http2.encoder().lifecycleManager(streams);
        pipeline.addLast(streams.new Parting());
    }

    /**
     * What says GOAWAY before Netty does, when the connection is left to end. Of the streams that the client has begun before it
     * knows, none is served (RFC 9113 section 6.8); but for Netty there never was one, which ends the connection when its body
     * comes.
     */
    private final class Parting extends ChannelOutboundHandlerAdapter {

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            if (context.channel().isActive() && !connection.goAwaySent()) {
                sayGoAway(context);
            }
            var unused = context.close(promise);
        }

        private void sayGoAway(ChannelHandlerContext context) {
            int lastServed = connection.remote().lastStreamCreated();
            bringUp(BEHIND_ALL);
            var unused = http2.goAway(
                    context.pipeline().context(http2),
                    lastServed,
                    Http2Error.NO_ERROR.code(),
                    Unpooled.EMPTY_BUFFER,
                    context.newPromise());
        }
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        if (stream.isResetSent()) {
            note(stream.id());
        }
    }

    private void note(int id) {
        if (last.length == 0) {
            last = new int[KEPT];
        }
        last[next] = id;
        next = (next + 1) % KEPT;
    }

    private boolean isKept(int id) {
        for (int kept : last) {
            if (kept == id) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ChannelFuture resetStream(ChannelHandlerContext context, int id, long code, ChannelPromise promise) {
        Http2Stream stream = connection.stream(id);
        boolean unknown = stream == null;
        if (unknown && code == Http2Error.STREAM_CLOSED.code() && isKept(id)) {
            count(ignored, context);
            return promise.unvoid().setSuccess();
        }
        ChannelFuture sent = http2.resetStream(context, id, code, promise);
        if (stream != null && code == Http2Error.PROTOCOL_ERROR.code()) {
            // Not when that has been written: Vert.x may have no stream for it, and would stumble if the connection has
            // to end.
            stream.close();
        } else if (unknown && !connection.streamMayHaveExisted(id)) {
            bringUp(id);
        }
        if (code != Http2Error.CANCEL.code() && code != Http2Error.NO_ERROR.code()) {
            count(resets, context); // The others are no fault of the client's.
        }
        return sent;
    }

    private void count(RateCount count, ChannelHandlerContext context) {
        if (count.exceeds()) {
            http2.onError(
                    context,
                    true,
                    Http2Exception.connectionError(
                            Http2Error.ENHANCE_YOUR_CALM,
                            "limits." + count.limit().key()));
        }
    }

    /** Has a stream been there. */
    private void bringUp(int id) {
        Http2Connection.Endpoint<?> client = connection.remote();
        int most = client.maxActiveStreams();
        client.maxActiveStreams(Integer.MAX_VALUE);
        try {
            client.createStream(id, false).resetSent().close();
        } catch (Http2Exception none) {
            // It is not of the client's kind, or the last stream has been named already.
        } finally {
            client.maxActiveStreams(most);
        }
    }

    @Override
    public void closeStreamLocal(Http2Stream stream, ChannelFuture future) {
        http2.closeStreamLocal(stream, future);
    }

    @Override
    public void closeStreamRemote(Http2Stream stream, ChannelFuture future) {
        http2.closeStreamRemote(stream, future);
    }

    @Override
    public void closeStream(Http2Stream stream, ChannelFuture future) {
        http2.closeStream(stream, future);
    }

    @Override
    public ChannelFuture goAway(
            ChannelHandlerContext context, int lastStream, long code, ByteBuf why, ChannelPromise promise) {
        return http2.goAway(context, lastStream, code, why, promise);
    }

    @Override
    public void onError(ChannelHandlerContext context, boolean outbound, Throwable cause) {
        http2.onError(context, outbound, cause);
    }
}
