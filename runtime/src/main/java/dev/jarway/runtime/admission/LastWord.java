package dev.jarway.runtime.admission;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.AttributeKey;

/**
 * The last word on a connection of HTTP/2: a GOAWAY with an error, after which nothing that comes means anything (RFC 9113 section
 * 5.4.1). Where it was one reset too many that has ended the connection, Netty goes on to parse what it has read, each frame ends
 * the connection once more, and each time Vert.x tells all streams.
 */
public final class LastWord extends Http2ConnectionAdapter {
    private static final AttributeKey<Boolean> SAID = AttributeKey.valueOf(LastWord.class, "said");

    private final Channel channel;

    private LastWord(Channel channel) {
        this.channel = channel;
    }

    /** Begins to listen for that of a connection. */
    public static void listen(Channel channel, Http2ConnectionHandler http2) {
        http2.connection().addListener(new LastWord(channel));
    }

    /** Whether it has been said there. On the connection's event loop. */
    static boolean isSaid(Channel channel) {
        return channel.hasAttr(SAID);
    }

    @Override
    public void onGoAwaySent(int lastStreamId, long error, ByteBuf why) {
        if (error != Http2Error.NO_ERROR.code()) {
            channel.attr(SAID).set(true);
        }
    }
}
