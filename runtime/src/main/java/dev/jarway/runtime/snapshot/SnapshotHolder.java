package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.proxy.PlanLease;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot in force. Requests take it with one read; a change puts another one in its place with one write. Then each
 * event loop is visited once: after its visit, no request of it begins on the old snapshot.
 */
public final class SnapshotHolder {
    private final int loops;
    private final List<Consumer<Runnable>> visits;
    private final Queue<Publication> draining = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Publication current;

    /**
     * A holder for these event loops.
     *
     * @param visits for each event loop, how to run something on it
     */
    public SnapshotHolder(List<Consumer<Runnable>> visits) {
        this.visits = List.copyOf(visits);
        this.loops = visits.size();
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

    /** How many requests hold the snapshot in force, and how many hold earlier ones; as of a moment ago. */
    public LeaseFigures leases() {
        Publication now = current;
        return new LeaseFigures(
                now == null ? 0 : now.held(),
                draining.stream().mapToInt(Publication::held).sum(),
                draining.size());
    }

    /** The snapshots that are in force or still held. */
    Collection<Snapshot> alive() {
        List<Snapshot> alive = new ArrayList<>();
        Optional.ofNullable(current).map(Publication::snapshot).ifPresent(alive::add);
        draining.stream().map(Publication::snapshot).forEach(alive::add);
        return alive;
    }

    /**
     * What a publication leads to.
     *
     * @param everywhere complete when no request of any event loop begins on the snapshot before any more
     * @param drained complete when no request holds the snapshot before any more
     */
    record Handover(CompletableFuture<Void> everywhere, CompletableFuture<Void> drained) {}

    /** Puts a snapshot in force. Called by one thread at a time. */
    Handover publish(Snapshot snapshot) {
        Publication before = current;
        if (before != null) {
            draining.add(before);
        }
        current = new Publication(snapshot, loops);
        if (before == null) {
            return new Handover(CompletableFuture.completedFuture(null), CompletableFuture.completedFuture(null));
        }
        return new Handover(retire(before), before.drained().thenRun(() -> draining.remove(before)));
    }

    private CompletableFuture<Void> retire(Publication before) {
        CompletableFuture<?>[] visited = new CompletableFuture<?>[loops];
        for (int i = 0; i < loops; i++) {
            LeaseCount leases = before.leases(i);
            CompletableFuture<Void> visit = new CompletableFuture<>();
            visits.get(i).accept(() -> {
                leases.retire();
                visit.complete(null);
            });
            visited[i] = visit;
        }
        return CompletableFuture.allOf(visited);
    }
}
