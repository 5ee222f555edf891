package dev.jarway.runtime.snapshot;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line in which changes wait, and the thread that carries them out, one after the other. Safe from any thread. */
final class ChangeLine {
    private static final Logger log = LoggerFactory.getLogger(ChangeLine.class);
    private static final long LONGEST_CHANGE_SECONDS = 30;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("jarway-changes").factory());
    private volatile @Nullable CountDownLatch hold;

    /** Carries it out when its turn has come, and tells what came of it. */
    <T> CompletableFuture<T> add(Callable<T> change) {
        CompletableFuture<T> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                result.complete(change.call());
            } catch (ChangedMeanwhileException e) {
                result.completeExceptionally(e);
            } catch (Throwable e) {
                log.error("A change failed", e);
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Does this when its turn has come. */
    void then(Runnable work) {
        thread.execute(work);
    }

    /** Lets those that wait come to their end, and carries out no more until {@link #resume}. Complete when it is so. */
    CompletableFuture<Void> hold() {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Void> quiet = new CompletableFuture<>();
        hold = gate;
        thread.execute(() -> {
            quiet.complete(null);
            try {
                gate.await();
            } catch (InterruptedException e) {
                // Stopped meanwhile: what waits belongs to somebody else now.
            }
        });
        return quiet;
    }

    /** Goes on after a {@link #hold}. */
    void resume() {
        CountDownLatch gate = hold;
        hold = null;
        if (gate != null) {
            gate.countDown();
        }
    }

    boolean isHeld() {
        return hold != null;
    }

    /** Lets those that wait come to their end, unless they are held, and takes no more. */
    void stop() throws InterruptedException {
        if (isHeld()) {
            thread.shutdownNow();
        } else {
            thread.shutdown();
        }
        thread.awaitTermination(LONGEST_CHANGE_SECONDS, TimeUnit.SECONDS);
    }
}
