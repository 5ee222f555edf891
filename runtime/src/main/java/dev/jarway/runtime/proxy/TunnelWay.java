package dev.jarway.runtime.proxy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/** One direction of a tunnel. */
final class TunnelWay {
    private final NetSocket from;
    private final NetSocket to;
    private final Runnable moved;
    private final Runnable parted;
    private final FrameTrack track = new FrameTrack();
    private @Nullable Buffer lastFrame;
    private boolean draining;
    private Future<Void> written = Future.succeededFuture();
    private long pieces;
    private boolean finished;
    private long bytes;

    /**
     * A direction that nothing goes in yet.
     *
     * @param moved told of each piece
     * @param parted told when the last frame has been sent, and when the sender has said its last after that
     */
    TunnelWay(NetSocket from, NetSocket to, Runnable moved, Runnable parted) {
        this.from = from;
        this.to = to;
        this.moved = moved;
        this.parted = parted;
    }

    void begin() {
        from.handler(this::pass);
        to.drainHandler(drained -> from.resume());
        from.resume();
    }

    /** Bytes that have passed. */
    long bytes() {
        return bytes;
    }

    /** Whether the last frame has been sent, and nothing passes any more. */
    boolean finished() {
        return finished;
    }

    /** Whether the sender has said its last: a close frame, to its end. */
    boolean closed() {
        return track.closeSeen() && track.atBoundary();
    }

    /** Lets the frame under way come to its end, sends this one, and nothing after it. */
    void finish(Buffer last) {
        lastFrame = last;
        if (track.atBoundary()) {
            sendLast(last);
        }
    }

    /**
     * The sender has gone: passes on what it has left behind, however full the receiver is, for nobody can be asked to wait any
     * more.
     *
     * @param then told once the last of it has been handed to the receiver's connection, or cannot be
     */
    void drain(Vertx vertx, Runnable then) {
        draining = true;
        from.resume();
        awaitQuiet(vertx, then);
    }

    void close() {
        to.close();
    }

    /** What was held back comes in later turns of the event loop, and nothing tells the last piece: only that none came. */
    private void awaitQuiet(Vertx vertx, Runnable then) {
        long before = pieces;
        vertx.runOnContext(turn -> {
            if (pieces == before) {
                written.onComplete(done -> then.run());
            } else {
                awaitQuiet(vertx, then);
            }
        });
    }

    private void write(Buffer piece) {
        written = to.write(piece);
    }

    private void pass(Buffer piece) {
        moved.run();
        pieces++;
        Buffer last = lastFrame;
        if (finished) {
            listen(piece); // It is read all the same, lest the sender sees a reset in place of the close.
            return;
        }
        if (last == null) {
            bytes += piece.length();
            track.pass(piece);
            write(piece);
            if (to.writeQueueFull() && !draining) {
                from.pause();
            }
            return;
        }
        Buffer rest = piece.slice(0, track.passToBoundary(piece));
        bytes += rest.length();
        write(rest);
        if (track.atBoundary()) {
            sendLast(last);
            listen(piece.slice(rest.length(), piece.length()));
        }
    }

    private void listen(Buffer piece) {
        track.pass(piece);
        if (closed()) {
            parted.run();
        }
    }

    private void sendLast(Buffer last) {
        finished = true;
        if (!track.closeSeen()) {
            write(last);
        }
        from.resume();
        parted.run();
    }
}
