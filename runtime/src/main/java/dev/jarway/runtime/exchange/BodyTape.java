package dev.jarway.runtime.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that can be read again from its beginning, as long as what was read of it is little. One reader reads at a time:
 * one that a later one has taken over from may still be given the piece that it had asked for, and has to leave it; it is
 * given nothing more. Belongs to one event loop.
 */
public final class BodyTape {
    private final MessageBody body;
    private final long most;
    private final List<ExchangeChunk> kept = new ArrayList<>();
    private long bytes;

    /** How many pieces have come that are not kept, or no more; all of them before those that are. */
    private long gone;

    private boolean torn;
    private @Nullable Reader reader;
    private @Nullable Future<ExchangeChunk> asked;

    /**
     * A tape of a body that nobody has read from.
     *
     * @param most how many bytes of it are kept
     */
    public BodyTape(MessageBody body, long most) {
        this.body = body;
        this.most = most;
    }

    /** Whether nothing of it is lost, so that it can be read again. */
    public boolean isWhole() {
        return !torn;
    }

    /** Keeps no more, since it will not be read again. Whoever is reading it reads on. */
    public void release() {
        torn = true;
        if (reader == null || reader.position >= come()) {
            gone = come();
            kept.clear();
        }
    }

    private long come() {
        return gone + kept.size();
    }

    /** The body from its beginning, while {@link #isWhole}. */
    public MessageBody read() {
        if (torn) {
            throw new IllegalStateException("the beginning of the body is not kept");
        }
        if (body instanceof WholeBody) {
            return body;
        }
        Reader next = new Reader();
        reader = next;
        return next;
    }

    private Future<ExchangeChunk> ask() {
        if (asked != null) {
            return asked;
        }
        Future<ExchangeChunk> next = body.next();
        if (next.isComplete()) {
            keep(next);
            return next;
        }
        asked = next;
        next.onComplete(done -> {
            asked = null;
            keep(next);
        });
        return next;
    }

    private void keep(Future<ExchangeChunk> next) {
        if (next.failed()) {
            return;
        }
        bytes += next.result().bytes().length();
        boolean fits = !torn && bytes <= most;
        // An earlier reader has asked for it; the one that has taken over has yet to.
        boolean owed = reader != null && reader.position <= come();
        if (fits || owed) {
            kept.add(next.result());
        } else {
            gone++;
        }
        if (!fits) {
            release();
        }
    }

    private final class Reader implements MessageBody {
        /** How many pieces it has been given, or has asked for. */
        private long position;

        @Override
        public Future<ExchangeChunk> next() {
            if (this != reader) {
                // What it took now would be missing to the other, or have to be kept, be it ever so much.
                return Promise.<ExchangeChunk>promise().future();
            }
            if (position < come()) {
                return Future.succeededFuture(kept.get((int) (position++ - gone)));
            }
            position++;
            return ask();
        }

        @Override
        public void discard() {
            if (this == reader) {
                body.discard();
            }
        }
    }
}
