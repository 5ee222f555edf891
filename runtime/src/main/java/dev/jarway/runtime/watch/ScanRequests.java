package dev.jarway.runtime.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Those who wait for the folder to be looked at. Each begins to wait with the first look after it came. */
final class ScanRequests {
    private final long patience;
    private final List<Request> requests = new ArrayList<>();
    private boolean closed;

    ScanRequests(WatchOptions options) {
        this.patience = options.patience().toNanos();
    }

    synchronized CompletableFuture<FolderContent> add() {
        var answer = new CompletableFuture<FolderContent>();
        if (closed) {
            answer.completeExceptionally(closedWatch());
        } else {
            requests.add(new Request(answer, null));
        }
        return answer;
    }

    /** A look begins. */
    synchronized void begin(long now) {
        requests.replaceAll(request -> request.since() == null ? new Request(request.answer(), now) : request);
    }

    /** Whether somebody has waited long enough. */
    synchronized boolean isUrgent(long now) {
        return requests.stream().anyMatch(request -> request.left(now, patience) <= 0);
    }

    /** In how many nanoseconds somebody will have waited long enough. */
    synchronized long nextUrgent(long now) {
        return requests.stream()
                .mapToLong(request -> request.left(now, patience))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Answers all whose wait has begun, or only those who have waited long enough. */
    void answer(FolderContent content, boolean all, long now) {
        List<Request> due;
        synchronized (this) {
            due = requests.stream()
                    .filter(request -> request.since() != null && (all || request.left(now, patience) <= 0))
                    .toList();
            requests.removeAll(due);
        }
        due.forEach(request -> request.answer().complete(content));
    }

    void close() {
        List<Request> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(requests);
            requests.clear();
        }
        left.forEach(request -> request.answer().completeExceptionally(closedWatch()));
    }

    private static IllegalStateException closedWatch() {
        return new IllegalStateException("folder watch: is closed (expected: no scan after that)");
    }

    private record Request(
            CompletableFuture<FolderContent> answer,
            @Nullable Long since) {

        long left(long now, long patience) {
            return since == null ? Long.MAX_VALUE : Math.max(0, since + patience - now);
        }
    }
}
