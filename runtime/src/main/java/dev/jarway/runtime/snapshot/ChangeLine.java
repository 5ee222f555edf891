package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.history.NotInChargeException;
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

    /** A change in the line, and what it is to tell. */
    private record Turn<T>(Callable<T> change, CompletableFuture<T> result, boolean asked) implements Runnable {

        @Override
        public void run() {
            try {
                result.complete(change.call());
            } catch (ChangedMeanwhileException | NotInChargeException e) {
                result.completeExceptionally(e);
            } catch (Throwable e) {
                log.error("A change failed", e);
                result.completeExceptionally(e);
            }
        }

        /** It will never come. Whoever has only told what he saw does not wait for an answer. */
        void giveUp() {
            if (asked) {
                result.completeExceptionally(held());
            }
        }
    }

    private static NotInChargeException held() {
        return new NotInChargeException("another process is taking over");
    }

    /** Carries it out when its turn has come, and tells what came of it. */
    <T> CompletableFuture<T> add(Callable<T> change) {
        return add(change, false);
    }

    /**
     * The same for somebody who waits for the answer: while changes are held it fails at once with a
     * {@link NotInChargeException}. He is to ask whoever is in charge then, and is not to get minutes later what he has given up.
     */
    synchronized <T> CompletableFuture<T> addUnlessHeld(Callable<T> change) {
        return isHeld() ? CompletableFuture.failedFuture(held()) : add(change, true);
    }

    private <T> CompletableFuture<T> add(Callable<T> change, boolean asked) {
        Turn<T> turn = new Turn<>(change, new CompletableFuture<>(), asked);
        thread.execute(turn);
        return turn.result();
    }

    /** Does this when its turn has come. */
    void then(Runnable work) {
        thread.execute(work);
    }

    /** Lets those that wait come to their end, and carries out no more until {@link #resume}. Complete when it is so. */
    synchronized CompletableFuture<Void> hold() { // So that nothing that was asked for comes to stand behind the gate.
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
            for (Runnable left : thread.shutdownNow()) {
                if (left instanceof Turn<?> turn) {
                    turn.giveUp();
                }
            }
        } else {
            thread.shutdown();
        }
        thread.awaitTermination(LONGEST_CHANGE_SECONDS, TimeUnit.SECONDS);
    }
}
