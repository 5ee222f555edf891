package dev.jarway.runtime.admission;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much is read of one connection before its event loop turns to the others: 16 KiB at most, and less where so much has
 * kept the loop for longer than a millisecond. Netty would read up to 1 MiB. What comes in tiny pieces keeps the loop from the
 * others; what is large lies in memory, since nobody can say in between that it should wait. Of a body that is taken as fast as it
 * comes, neither is so: of that it is up to 64 KiB, since each read costs a send to the other side. Belongs to the connection's
 * event loop.
 */
public final class ReadTurn implements RecvByteBufAllocator {
    /** The most that is read at once of anything: what a parser is to hand on in one piece. */
    public static final int MOST_OF_BODY = 64 * 1024;

    private static final int LEAST = 64;
    private static final int FIRST = 2048;
    private static final int MOST = 16 * 1024;

    /** Vert.x keeps two dozen pieces of a body that nobody takes. */
    private static final int MOST_UNTAKEN = 8 * 1024;

    /** Large bodies in smaller pieces than these would take more memory for the pieces than for the body. */
    private static final int LEAST_OF_SLOW = 1024;

    private static final long LONG_NANOS = 1_000_000;

    private final RecvByteBufAllocator bySize =
            new AdaptiveRecvByteBufAllocator(LEAST, FIRST, MOST_OF_BODY).maxMessagesPerRead(1);
    private final LongSupplier nanoTime;
    private @Nullable BooleanSupplier taker;

    /** One that has no connection yet, by that clock. */
    ReadTurn(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Has one hold on that connection; if that has been read from already, one read of up to 64 KiB is a turn. */
    public static ReadTurn shorten(Channel connection) {
        if (connection.config().getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator reading) {
            reading.maxMessagesPerRead(1);
        }
        ReadTurn turn = new ReadTurn(System::nanoTime);
        connection.config().setRecvByteBufAllocator(turn);
        return turn;
    }

    /** That of a connection; null if it has none. */
    public static @Nullable ReadTurn of(Channel connection) {
        return connection.config().getRecvByteBufAllocator() instanceof ReadTurn turn ? turn : null;
    }

    /**
     * A body is what comes from now on.
     *
     * @param taker whether all that has come of it is taken, and more is waited for
     */
    public void bodyBegins(BooleanSupplier taker) {
        this.taker = taker;
    }

    /** It is no longer a body that comes. */
    public void bodyEnds() {
        taker = null;
    }

    private int most() {
        BooleanSupplier of = taker;
        if (of == null) {
            return MOST;
        }
        return of.getAsBoolean() ? MOST_OF_BODY : MOST_UNTAKEN;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Timed((ExtendedHandle) bySize.newHandle());
    }

    /** The sizes of reads, by what the turns before have taken. */
    private final class Timed extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle bySize;
        private int mostInTime = MOST_OF_BODY;
        private boolean timed;
        private long began;

        Timed(ExtendedHandle bySize) {
            super(bySize);
            this.bySize = bySize;
        }

        @Override
        public int guess() {
            return Math.min(Math.min(most(), mostInTime), super.guess());
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        /** What has been read is worked on from now until {@link #readComplete}. */
        @Override
        public void lastBytesRead(int bytes) {
            super.lastBytesRead(bytes);
            timed = bytes > LEAST_OF_SLOW || mostInTime < MOST_OF_BODY; // Else nothing could follow from it.
            if (timed) {
                began = nanoTime.getAsLong();
            }
        }

        @Override
        public void readComplete() {
            super.readComplete();
            if (!timed) {
                return;
            }
            timed = false;
            long took = nanoTime.getAsLong() - began;
            if (took > LONG_NANOS) {
                mostInTime = Math.max(LEAST_OF_SLOW, Math.min(mostInTime, attemptedBytesRead()) / 2);
            } else if (took < LONG_NANOS / 2 && mostInTime < MOST_OF_BODY) {
                mostInTime = Math.min(MOST_OF_BODY, 2 * mostInTime);
            }
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return bySize.continueReading(maybeMore);
        }
    }
}
