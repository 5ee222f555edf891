package dev.jarway.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Requests at a steady rate over a few connections that stay open, sent when they are due however long the answers take. A
 * connection that the gateway closes is a failure.
 */
final class SteadyLoad implements AutoCloseable {
    private static final int CONNECTIONS = 10;

    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;
    private volatile boolean stopped;

    private SteadyLoad(int port, int perSecond) {
        long gap = TimeUnit.SECONDS.toNanos(1) * CONNECTIONS / perSecond;
        threads = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> Thread.ofVirtual().start(() -> send(port, gap)))
                .toList();
    }

    static SteadyLoad on(int port, int perSecond) {
        return new SteadyLoad(port, perSecond);
    }

    private void send(int port, long gap) {
        try (KeptConnection connection = KeptConnection.to(port)) {
            long due = System.nanoTime();
            while (!stopped) {
                connection.get("/");
                answered.incrementAndGet();
                due += gap;
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (connection.failures() > 0) {
                failures.add(connection.failures() + " answers that were not 200");
            }
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    /** How many answers have come. */
    long answered() {
        return answered.get();
    }

    /** What went wrong. Complete once stopped. */
    Queue<String> failures() {
        return failures;
    }

    /** Lets the requests under way come to their end. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
