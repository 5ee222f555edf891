package dev.jarway.runtime.snapshot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limit to how long requests may hold a snapshot that has been replaced. When it is over they are ended; a request that
 * does not even end then, as one of a plugin that hangs, is waited for no longer. On a thread of its own.
 */
final class DrainDeadline {
    private static final Logger log = LoggerFactory.getLogger(DrainDeadline.class);

    /** From being ended to being over: close frames are answered, filters are told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final SnapshotHolder holder;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jarway-drain-deadline").factory());

    DrainDeadline(SnapshotHolder holder) {
        this.holder = holder;
    }

    /** Gives the requests that hold it so long, from now on; forgets it as soon as they are over. */
    void set(Publication replaced, Duration deadline) {
        var end = thread.schedule(() -> end(replaced), deadline.toMillis(), TimeUnit.MILLISECONDS);
        var unused = replaced.drained().thenRun(() -> end.cancel(false));
    }

    private void end(Publication replaced) {
        HeldSnapshot held = replaced.figures();
        log.info(
                "Ending {} requests on revision {}",
                held.requests(),
                held.snapshot().revision());
        holder.cut(replaced);
        var last = thread.schedule(() -> giveUp(replaced), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        var unused = replaced.drained().thenRun(() -> last.cancel(false));
    }

    private static void giveUp(Publication replaced) {
        if (replaced.giveUp()) {
            HeldSnapshot held = replaced.figures();
            log.warn(
                    "{} requests on revision {} do not end; its plugins are closed all the same",
                    held.requests(),
                    held.snapshot().revision());
        }
    }

    /** Ends the thread. No deadline is kept any more. */
    void stop() {
        thread.shutdownNow();
    }
}
