package dev.jarway.runtime.admission;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Settings;

/**
 * How many frames of HTTP/2 a client may send that carry nothing of a message: PING, SETTINGS, PRIORITY, RST_STREAM, GOAWAY, DATA
 * without data, WINDOW_UPDATE by next to nothing, and those that nobody knows. Each costs the gateway more than the client. Who
 * sends more is sent away with ENHANCE_YOUR_CALM (RFC 9113 section 10.5). Resets have a limit of their own besides, small
 * CONTINUATION frames one of Netty's. Of one connection.
 */
public final class FrameBudget extends Http2FrameListenerDecorator {
    /** Clients tell of what they have read when that is some kilobytes, or half of a window. */
    private static final int SMALL_INCREMENT = 256;

    private final RateCount frames;
    private final RateCount resets;

    /** In front of another listener. */
    public FrameBudget(Http2FrameListener behind, Door door) {
        super(behind);
        this.frames = RateCount.ofControlFrames(door);
        this.resets = RateCount.ofStreamResets(door);
    }

    private void spend() throws Http2Exception {
        count(frames);
    }

    private static void count(RateCount count) throws Http2Exception {
        if (count.exceeds()) {
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "limits." + count.limit().key());
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last)
            throws Http2Exception {
        if (!data.isReadable() && !last) {
            spend();
        }
        return super.onDataRead(context, stream, data, padding, last);
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext context, int stream, int on, short weight, boolean exclusive)
            throws Http2Exception {
        spend();
        super.onPriorityRead(context, stream, on, weight, exclusive);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) throws Http2Exception {
        spend();
        count(resets);
        super.onRstStreamRead(context, stream, code);
    }

    @Override
    public void onSettingsAckRead(ChannelHandlerContext context) throws Http2Exception {
        spend();
        super.onSettingsAckRead(context);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) throws Http2Exception {
        spend();
        super.onSettingsRead(context, settings);
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        spend();
        super.onPingRead(context, data);
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext context, long data) throws Http2Exception {
        spend();
        super.onPingAckRead(context, data);
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext context, int lastStream, long code, ByteBuf debugData)
            throws Http2Exception {
        spend();
        super.onGoAwayRead(context, lastStream, code, debugData);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int stream, int increment) throws Http2Exception {
        if (increment < SMALL_INCREMENT) {
            spend();
        }
        super.onWindowUpdateRead(context, stream, increment);
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext context, byte type, int stream, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        spend();
        super.onUnknownFrame(context, type, stream, flags, payload);
    }
}
