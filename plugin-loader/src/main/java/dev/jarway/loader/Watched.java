package dev.jarway.loader;

import dev.jarway.loader.heap.Marked;
import dev.jarway.loader.holder.LeakReport;
import dev.jarway.loader.holder.Suspect;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A closed generation under watch: the class loader's phantom, and a weak way back to it for the search. */
final class Watched extends PhantomReference<Suspect> {
    private final LoadedPlugin plugin;
    private final WeakReference<Suspect> suspect;
    private final Marked mark;

    private long deadline;
    private int outlived;
    private boolean pending = true;
    private CompletableFuture<GenerationState> round = new CompletableFuture<>();

    Watched(LoadedPlugin plugin, Suspect suspect, ReferenceQueue<Suspect> queue, long deadline) {
        super(suspect, queue);
        this.plugin = plugin;
        this.suspect = new WeakReference<>(suspect);
        this.mark = new Marked(
                suspect.classLoader().getClass().getName(), "mark", suspect.mark(), "class loader of " + plugin);
        this.deadline = deadline;
    }

    LoadedPlugin plugin() {
        return plugin;
    }

    /** The class loader, unless it is on its way out. */
    Optional<Suspect> suspect() {
        return Optional.ofNullable(suspect.get());
    }

    /** What tells the class loader in a heap dump. */
    Marked mark() {
        return mark;
    }

    /** Whether collections are worth asking for. */
    synchronized boolean pending() {
        return pending;
    }

    synchronized boolean overdue(long now) {
        return pending && now - deadline >= 0;
    }

    /** Counts a collection that has left it behind though it was overdue. */
    synchronized int outlived() {
        return ++outlived;
    }

    /** Waits anew after a round has ended, or for the one under way. What is collected stays so. */
    synchronized CompletableFuture<GenerationState> again(long newDeadline) {
        if (plugin.state() == GenerationState.COLLECTED) {
            return CompletableFuture.completedFuture(GenerationState.COLLECTED);
        }
        if (!pending) {
            pending = true;
            deadline = newDeadline;
            outlived = 0;
            round = new CompletableFuture<>();
        }
        return round;
    }

    void end(GenerationState state, LeakReport report) {
        plugin.end(state, report);
        CompletableFuture<GenerationState> ended;
        synchronized (this) {
            pending = false;
            ended = round;
        }
        ended.complete(state);
    }
}
