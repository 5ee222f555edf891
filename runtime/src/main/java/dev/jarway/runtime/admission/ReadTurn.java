package dev.jarway.runtime.admission;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How much is read of one connection before its event loop turns to the others: 16 KiB at most, and less where so much has
 * kept the loop for longer than a millisecond. Netty would read up to 1 MiB. What comes in tiny pieces keeps the loop from the
 * others; what is large lies in memory, since nobody can say in between that it should wait.
 */
public final class ReadTurn {
    private static final int LEAST = 64;
    private static final int FIRST = 2048;
    private static final int MOST = 16 * 1024;

    /** Large bodies in smaller pieces than these would take more memory for the pieces than for the body. */
    private static final int LEAST_OF_SLOW = 1024;

    private static final long LONG_NANOS = 1_000_000;

    private ReadTurn() {}

    /** Has it hold on that connection; if that has been read from already, one read of up to 64 KiB is a turn. */
    public static void shorten(Channel connection) {
        if (connection.config().getRecvByteBufAllocator() instanceof MaxMessagesRecvByteBufAllocator reading) {
            reading.maxMessagesPerRead(1);
        }
        connection.config().setRecvByteBufAllocator(timed(System::nanoTime));
    }

    /** The sizes of reads, by what the turns before have taken on that clock. */
    static RecvByteBufAllocator timed(LongSupplier nanoTime) {
        RecvByteBufAllocator bySize = new AdaptiveRecvByteBufAllocator(LEAST, FIRST, MOST).maxMessagesPerRead(1);
        return () -> new Timed((RecvByteBufAllocator.ExtendedHandle) bySize.newHandle(), nanoTime);
    }

    /** The turns of one connection. */
    private static final class Timed extends RecvByteBufAllocator.DelegatingHandle
            implements RecvByteBufAllocator.ExtendedHandle {
        private final RecvByteBufAllocator.ExtendedHandle bySize;
        private final LongSupplier nanoTime;
        private int most = MOST;
        private long began;

        Timed(RecvByteBufAllocator.ExtendedHandle bySize, LongSupplier nanoTime) {
            super(bySize);
            this.bySize = bySize;
            this.nanoTime = nanoTime;
        }

        @Override
        public int guess() {
            return Math.min(most, super.guess());
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        /** What has been read is worked on from now until {@link #readComplete}. */
        @Override
        public void lastBytesRead(int bytes) {
            super.lastBytesRead(bytes);
            began = nanoTime.getAsLong();
        }

        @Override
        public void readComplete() {
            super.readComplete();
            long took = nanoTime.getAsLong() - began;
            if (took > LONG_NANOS) {
                most = Math.max(LEAST_OF_SLOW, Math.min(most, attemptedBytesRead()) / 2);
            } else if (took < LONG_NANOS / 2 && most < MOST) {
                most *= 2;
            }
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
            return bySize.continueReading(maybeMore);
        }
    }
}
