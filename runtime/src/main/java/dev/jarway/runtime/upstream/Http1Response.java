package dev.jarway.runtime.upstream;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A response on a connection of HTTP/1, whose body waits here until it is asked for; if much of it waits, the connection is not read.
 * Once its last piece is here, the connection is no longer needed. Belongs to one event loop.
 */
final class Http1Response implements InboundResponse, ReadStream<Buffer> {
    /** How many bytes may wait before the connection is not read any more. */
    private static final int MOST_WAITING = 64 * 1024;

    private final Http1Connection connection;
    private final int status;
    private final MultiMap fields;
    private final long length;
    private @Nullable Queue<Buffer> waiting;
    private int bytesWaiting;
    private @Nullable HttpHeaders trailers;
    private @Nullable Handler<Buffer> pieceHandler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private long asked;
    private boolean handing;
    private boolean held;
    private boolean over;

    Http1Response(Http1Connection connection, HttpResponse head) {
        this.connection = connection;
        this.status = head.status().code();
        this.fields = (MultiMap) head.headers();
        String announced = fields.get(io.vertx.core.http.HttpHeaders.CONTENT_LENGTH);
        this.length = announced == null ? -1 : Long.parseLong(announced);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public MultiMap fields() {
        return fields;
    }

    /** Nothing follows a body of a given length (RFC 9112 section 7.1.2); it has been looked at on the wire. */
    @Override
    public long length() {
        return length;
    }

    @Override
    public ReadStream<Buffer> body() {
        return this;
    }

    @Override
    public MultiMap trailers() {
        return trailers == null ? MultiMap.caseInsensitiveMultiMap() : new HeadersAdaptor(trailers);
    }

    @Override
    public NetSocket socket() {
        throw new IllegalStateException("not switched to another protocol");
    }

    /** A piece has come. */
    void come(Buffer piece) {
        if (asked > 0 && bytesWaiting == 0 && !handing) {
            hand(piece);
            return;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(piece);
        bytesWaiting += piece.length();
        if (bytesWaiting > MOST_WAITING && !held) {
            held = true;
            connection.hold(this);
        }
    }

    /** The end has come, with these trailers. */
    void ended(HttpHeaders with) {
        trailers = with;
        held = false; // It is the next one's to read, or not.
        handOn();
    }

    /** The connection has broken. */
    void broken(Throwable cause) {
        if (!over && exceptionHandler != null) {
            over = true;
            exceptionHandler.handle(cause);
        }
    }

    private void hand(Buffer piece) {
        handing = true;
        if (asked != Long.MAX_VALUE) {
            asked--;
        }
        try {
            if (pieceHandler != null) {
                pieceHandler.handle(piece);
            }
        } finally {
            handing = false;
        }
    }

    /** Hands on what is asked for, and the end as if it were a piece. */
    private void handOn() {
        while (asked > 0 && bytesWaiting > 0 && waiting != null && !handing) {
            Buffer piece = waiting.remove();
            bytesWaiting -= piece.length();
            hand(piece);
        }
        if (bytesWaiting > 0 || handing) {
            return;
        }
        if (held) {
            held = false;
            connection.readOn(this);
        }
        if (trailers != null && asked > 0 && !over) {
            over = true;
            if (endHandler != null) {
                endHandler.handle(null);
            }
        }
    }

    @Override
    public Http1Response fetch(long amount) {
        asked = asked + amount < 0 ? Long.MAX_VALUE : asked + amount;
        handOn();
        return this;
    }

    @Override
    public Http1Response pause() {
        asked = 0;
        return this;
    }

    @Override
    public Http1Response resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public Http1Response handler(@Nullable Handler<Buffer> handler) {
        pieceHandler = handler;
        return this;
    }

    @Override
    public Http1Response endHandler(@Nullable Handler<Void> handler) {
        endHandler = handler;
        return this;
    }

    @Override
    public Http1Response exceptionHandler(@Nullable Handler<Throwable> handler) {
        exceptionHandler = handler;
        return this;
    }
}
