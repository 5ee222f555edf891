package dev.jarway.runtime;

import dev.jarway.runtime.history.History;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.listener.ListeningSockets;
import dev.jarway.runtime.rollout.Rollouts;
import dev.jarway.runtime.snapshot.Changes;
import dev.jarway.runtime.upgrade.Charge;
import dev.jarway.runtime.upgrade.ChargeLock;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway's being in charge of its data directory: how it comes to be, and how a successor takes over. */
final class InCharge implements Charge {
    private static final Logger log = LoggerFactory.getLogger(InCharge.class);
    private static final Duration LONGEST_TAKING = Duration.ofSeconds(10);
    private static final long LONGEST_CHANGE_SECONDS = 120;
    // A connection that has been idle for that long may be closed under a client that wants to use it again.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);
    private static final long STEP_MILLIS = 20;

    private final Path data;
    private final ListeningSockets sockets;
    private final History history;
    private final CompletableFuture<Void> succeeded = new CompletableFuture<>();
    private @Nullable ChargeLock lock;
    private @Nullable Parts parts;

    /** What there is to lay down, and to end. */
    record Parts(
            Changes changes,
            Rollouts rollouts,
            Listeners listeners,
            Supplier<Duration> deadline,
            String adminSocket,
            Runnable closeAdmin,
            Runnable teardown) {}

    InCharge(Path data, ListeningSockets sockets, History history) {
        this.data = data;
        this.history = history;
        this.sockets = sockets;
    }

    /** Takes the lock, and with it the right to write into the history. */
    synchronized void take(Duration patience) throws IOException {
        lock = ChargeLock.take(data, patience);
        history.takeOver(patience);
    }

    /** Says what the charge is, before the first successor can come. */
    synchronized void of(Parts whole) {
        parts = whole;
    }

    /** Complete when a successor has taken over and all is over here. */
    CompletableFuture<Void> succeeded() {
        return succeeded;
    }

    private synchronized Parts parts() {
        return Objects.requireNonNull(parts, "parts");
    }

    @Override
    public Map<String, FileDescriptor> sockets() {
        return sockets.open();
    }

    @Override
    public void layDown() throws Exception {
        parts().changes().hold().get(LONGEST_CHANGE_SECONDS, TimeUnit.SECONDS);
        sockets.accept(parts().adminSocket(), false);
        parts().rollouts().hold().get(LONGEST_CHANGE_SECONDS, TimeUnit.SECONDS);
        handOverLock();
    }

    private synchronized void handOverLock() throws IOException {
        if (lock != null) {
            history.handOver();
            lock.handOver();
            lock = null;
        }
    }

    @Override
    public void takeBack() throws Exception {
        takeAgain();
        sockets.accept(parts().adminSocket(), true);
        parts().rollouts().resume().get(LONGEST_CHANGE_SECONDS, TimeUnit.SECONDS);
        parts().changes().resume();
        // The successor may have written revisions before it failed; the newest has to say again what is in force.
        var unused = parts().changes()
                .writeDown("the gateway goes on, since its successor has failed")
                .exceptionally(failure -> {
                    log.error(
                            "What is in force could not be written into the history; the next change tries again",
                            failure);
                    return null;
                });
    }

    private synchronized void takeAgain() throws IOException {
        if (lock == null) {
            take(LONGEST_TAKING);
        }
    }

    @Override
    public void leave() {
        Thread.ofPlatform().name("jarway-farewell").start(() -> {
            try {
                letGo();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                parts().teardown().run();
                succeeded.complete(null);
            }
        });
    }

    /** Waits for the clients to let go of their connections, as each answer asks them to; some never ask anything. */
    private void letGo() throws InterruptedException {
        parts().listeners().sayFarewell(parts().deadline().get());
        sockets.close();
        parts().closeAdmin().run();
        Duration limit = parts().deadline().get();
        long idle = (limit.compareTo(LONGEST_IDLE) < 0 ? limit : LONGEST_IDLE).toNanos();
        long start = System.nanoTime();
        while (sockets.connections() > 0 && System.nanoTime() - start < idle) {
            Thread.sleep(STEP_MILLIS);
        }
    }

    /** Lets go of the lock, if it is still here. */
    synchronized void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
