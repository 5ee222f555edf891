package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.proxy.PlanLease;
import dev.jarway.runtime.proxy.ProxyLoop;
import dev.jarway.runtime.tls.ListenerTls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot in force. Requests take it with one read; a change puts another one in its place with one write. Then each
 * event loop is visited once: after its visit, no request of it begins on the old snapshot.
 */
public final class SnapshotHolder {
    private final List<ProxyLoop> loops;
    private final Follower follower;
    private final Queue<Publication> draining = new ConcurrentLinkedQueue<>();
    private final LongAdder cut = new LongAdder();
    private volatile @Nullable Publication current;
    private volatile @Nullable Snapshot coming;

    /**
     * A holder for these event loops, empty at first.
     *
     * @param follower is told of each snapshot that is in force from then on, one after the other
     */
    public SnapshotHolder(List<ProxyLoop> loops, Follower follower) {
        this.loops = List.copyOf(loops);
        this.follower = follower;
    }

    /** Who has to know what is in force. */
    public interface Follower {

        /**
         * That is in force from now on.
         *
         * @param replaced gives what was in force before and is still held, whenever and from whatever thread it is asked
         */
        void follow(Snapshot now, Supplier<List<Snapshot>> replaced);
    }

    /** Takes a lease of the snapshot in force. Called on the event loop of that index, and released there. */
    public PlanLease acquire(int loop) {
        return Objects.requireNonNull(current, "nothing has been published")
                .leases(loop)
                .acquire();
    }

    /** The snapshot in force; empty before the first. */
    public Optional<Snapshot> snapshot() {
        return Optional.ofNullable(current).map(Publication::snapshot);
    }

    /** How the listener at that address speaks TLS. One that opens just now goes by the snapshot that it opens for. */
    public Optional<ListenerTls> tls(String address) {
        Optional<Snapshot> opening =
                Optional.ofNullable(coming); // Read first: then it has not become the other meanwhile.
        return snapshot()
                .map(now -> now.tls().get(address))
                .or(() -> opening.map(next -> next.tls().get(address)));
    }

    /** Says what is about to be put in force, if anything is. */
    void announce(@Nullable Snapshot next) {
        coming = next;
    }

    /** The snapshot in force, then those replaced that are still held, oldest first; figures as of a moment ago. */
    public List<HeldSnapshot> held() {
        List<HeldSnapshot> held = new ArrayList<>();
        Publication now = current;
        if (now != null) {
            held.add(now.figures());
        }
        draining.forEach(publication -> held.add(publication.figures()));
        return held;
    }

    /** How many requests have been ended because their snapshot had been replaced for longer than the drain deadline. */
    public long cut() {
        return cut.sum();
    }

    /** The snapshots that are in force or still held. */
    Collection<Snapshot> alive() {
        return held().stream().map(HeldSnapshot::snapshot).toList();
    }

    /**
     * What a publication leads to.
     *
     * @param replaced what was in force before; empty for the first
     * @param gone complete when that is no longer among the snapshots alive
     * @param everywhere complete when no request of any event loop begins on that any more
     */
    record Handover(Optional<Publication> replaced, CompletableFuture<Void> gone, CompletableFuture<Void> everywhere) {}

    /** Puts a snapshot in force. Called by one thread at a time. */
    Handover publish(Snapshot snapshot) {
        Publication before = current;
        if (before == null) {
            put(snapshot);
            CompletableFuture<Void> nothing = CompletableFuture.completedFuture(null);
            return new Handover(Optional.empty(), nothing, nothing);
        }
        before.replacedAt(snapshot.publishedAt());
        draining.add(before);
        // What follows is to be attached to this: of what is attached to the other, the last comes first.
        CompletableFuture<Void> gone = before.drained().thenRun(() -> draining.remove(before));
        put(snapshot);
        return new Handover(
                Optional.of(before),
                gone,
                visit(loop -> before.leases(loop.index()).retire()));
    }

    private void put(Snapshot snapshot) {
        current = new Publication(snapshot, loops.size());
        follower.follow(
                snapshot, () -> draining.stream().map(Publication::snapshot).toList());
    }

    /** Ends the requests that hold a snapshot which has been replaced. They are over soon after. */
    void cut(Publication replaced) {
        var unused = visit(loop -> loop.underWay().cut(replaced.leases(loop.index()), cut::add));
    }

    private interface Visit {
        void on(ProxyLoop loop);
    }

    private CompletableFuture<Void> visit(Visit visit) {
        return CompletableFuture.allOf(loops.stream()
                .map(loop -> {
                    CompletableFuture<Void> visited = new CompletableFuture<>();
                    loop.scope().context().runOnContext(here -> {
                        visit.on(loop);
                        visited.complete(null);
                    });
                    return visited;
                })
                .toArray(CompletableFuture<?>[]::new));
    }
}
