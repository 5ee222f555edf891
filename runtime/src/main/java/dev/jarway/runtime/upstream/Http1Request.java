package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.HeadOctets;
import dev.jarway.runtime.exchange.RawFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request on a connection of HTTP/1, which is its own until it and its response have come to their ends. Belongs to one event loop. */
final class Http1Request implements OutboundRequest {
    private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1");
    private static final AsciiString SEPARATOR = AsciiString.cached(": ");
    private static final AsciiString TE = AsciiString.cached("te");

    /** As much of a body goes out in one piece with what stands around it. */
    private static final int SMALL = 4 * 1024;

    private final Http1Connection connection;
    private @Nullable UpstreamRequest message;
    private @Nullable Listener listener;
    private @Nullable Runnable further;
    private boolean chunked;
    private boolean headSent;
    private boolean ended;

    Http1Request(Http1Connection connection) {
        this.connection = connection;
    }

    @Override
    public void begin(UpstreamRequest what, boolean inChunks, Listener whom) {
        message = what;
        chunked = inChunks;
        listener = whom;
        connection.expect(what.method().equals("HEAD"));
    }

    /** Whoever listens; null if nobody does any more. */
    @Nullable
    Listener listener() {
        return listener;
    }

    /** Whether all of it has been sent. */
    boolean ended() {
        return ended;
    }

    @Override
    public void expectContinue() {
        HeadOctets octets = head();
        octets.put(HttpHeaderNames.EXPECT)
                .put(SEPARATOR)
                .put(HttpHeaderValues.CONTINUE)
                .endLine();
        octets.endLine();
        connection.write(octets.to(buffer(octets.length())));
        connection.flush();
    }

    @Override
    public boolean write(Buffer piece) {
        if (piece.length() > 0) {
            put(piece, null, false);
        }
        return connection.isWritable();
    }

    @Override
    public void whenDrained(Runnable more) {
        further = more;
    }

    /** The endpoint takes more again. */
    void drained() {
        Runnable more = further;
        further = null;
        if (more != null) {
            more.run();
        }
    }

    /** A body whose length stands in front of it has no place for trailers (RFC 9112 section 7.1.2). */
    @Override
    public void end(Buffer piece, @Nullable MultiMap trailers) {
        put(piece, chunked ? trailers : null, true);
        ended = true;
        connection.freeIfDone();
    }

    /** Puts together what stands before the piece and after it, and sends all of it (RFC 9112 section 7.1). */
    private void put(Buffer piece, @Nullable MultiMap trailers, boolean last) {
        int length = piece.length();
        HeadOctets octets;
        if (headSent) {
            octets = connection.octets();
            octets.begin();
        } else {
            octets = head();
            octets.endLine();
        }
        if (chunked && length > 0) {
            octets.put(Integer.toHexString(length)).endLine();
        }
        if (length > SMALL) {
            connection.write(octets.to(buffer(octets.length())));
            connection.write(((BufferInternal) piece).getByteBuf());
            octets.begin();
            close(octets, trailers, length, last);
            if (octets.length() > 0) {
                connection.write(octets.to(buffer(octets.length())));
            }
        } else {
            ByteBuf whole = octets.to(buffer(octets.length() + length + 64));
            if (length > 0) {
                whole.writeBytes(((BufferInternal) piece).getByteBuf());
            }
            octets.begin();
            close(octets, trailers, length, last);
            connection.write(octets.to(whole));
        }
        connection.flush();
    }

    private void close(HeadOctets octets, @Nullable MultiMap trailers, int length, boolean last) {
        if (!chunked) {
            return;
        }
        if (length > 0) {
            octets.endLine();
        }
        if (last) {
            octets.put('0').endLine();
            if (trailers != null) {
                fields(octets, trailers);
            }
            octets.endLine();
        }
    }

    /** The request's line and its fields, without the empty line at the end. */
    private HeadOctets head() {
        headSent = true;
        UpstreamRequest sent = begun();
        HeadOctets octets = connection.octets();
        octets.begin();
        octets.put(sent.method())
                .put(' ')
                .put(sent.target())
                .put(' ')
                .put(VERSION)
                .endLine();
        octets.put(HttpHeaderNames.HOST)
                .put(SEPARATOR)
                .put(sent.authority().toString(false))
                .endLine();
        fields(octets, sent.fields());
        if (chunked) {
            octets.put(HttpHeaderNames.TRANSFER_ENCODING)
                    .put(SEPARATOR)
                    .put(HttpHeaderValues.CHUNKED)
                    .endLine();
        }
        return octets;
    }

    /** HTTP/1 has trailers without a word about it, so nothing is said of them. */
    private static void fields(HeadOctets octets, MultiMap fields) {
        for (var walk = RawFields.of(fields); walk.hasNext(); ) {
            var field = walk.next();
            if (!TE.contentEqualsIgnoreCase(field.getKey())) {
                octets.put(field.getKey()).put(SEPARATOR).put(field.getValue()).endLine();
            }
        }
    }

    private UpstreamRequest begun() {
        if (message == null) {
            throw new IllegalStateException("nothing has been said of what is to be sent");
        }
        return message;
    }

    private ByteBuf buffer(int length) {
        ByteBufAllocator allocator = connection.allocator();
        return allocator.directBuffer(length);
    }

    @Override
    public void upgrade() {
        throw new IllegalStateException("no protocol to switch to");
    }

    @Override
    public void bodyComes(BooleanSupplier taker) {
        connection.bodyComes(this, taker);
    }

    /** The connection is nobody else's. */
    @Override
    public void demandLife(Duration within) {}

    @Override
    public void leave() {
        listener = null;
        further = null;
        connection.bodyLeft(this);
    }

    @Override
    public void cancel() {
        connection.giveUp(this, message == null);
    }
}
