package dev.jarway.runtime.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in force, or one that was and is still held: the snapshot, and for each event loop the count of its requests
 * that hold it.
 */
final class Publication {
    private final Snapshot snapshot;
    private final List<LeaseCount> leases;
    private final AtomicInteger loopsLeft;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile @Nullable Instant replacedAt;

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

    /** Notes that another is in force from then on. */
    void replacedAt(Instant time) {
        replacedAt = time;
    }

    /** Who holds it, as of a moment ago. */
    HeldSnapshot figures() {
        int requests = leases.stream().mapToInt(LeaseCount::held).sum();
        return new HeldSnapshot(snapshot, requests, Optional.ofNullable(replacedAt));
    }

    /** Complete once it is retired on all event loops and no request holds it, or once it is given up. */
    CompletableFuture<Void> drained() {
        return drained;
    }

    /**
     * Does not wait any longer for the requests that hold it.
     *
     * @return whether there are any
     */
    boolean giveUp() {
        return drained.complete(null);
    }

    private void loopDrained() {
        if (loopsLeft.decrementAndGet() == 0) {
            drained.complete(null);
        }
    }
}
