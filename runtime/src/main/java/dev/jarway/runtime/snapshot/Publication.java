package dev.jarway.runtime.snapshot;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A snapshot in force, or one that was and is still held: the snapshot, and for each event loop the count of its requests
 * that hold it.
 */
final class Publication {
    private final Snapshot snapshot;
    private final List<LeaseCount> leases;
    private final AtomicInteger loopsLeft;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    Publication(Snapshot snapshot, int loops) {
        this.snapshot = snapshot;
        this.loopsLeft = new AtomicInteger(loops);
        this.leases = IntStream.range(0, loops)
                .mapToObj(loop -> new LeaseCount(snapshot.plan(), this::loopDrained))
                .toList();
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** The count of an event loop, for that event loop alone. */
    LeaseCount leases(int loop) {
        return leases.get(loop);
    }

    /** How many requests hold it, as of a moment ago. */
    int held() {
        return leases.stream().mapToInt(LeaseCount::held).sum();
    }

    /** Complete once it is retired on all event loops, and no request holds it. */
    CompletableFuture<Void> drained() {
        return drained;
    }

    private void loopDrained() {
        if (loopsLeft.decrementAndGet() == 0) {
            drained.complete(null);
        }
    }
}
