package dev.jarway.runtime.observability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Lines on their way to a stream that may stand still. They are collected from any thread, without waiting, and written by a thread
 * of its own, many at a time. While the stream takes nothing, 8 MiB of lines wait; what comes beyond that is lost, and counted.
 */
final class LineWriter {
    private static final int MOST_BYTES = 8 << 20;
    private static final int BATCH_BYTES = 64 << 10;
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final OutputStream out;
    private final LongConsumer onLost;
    private final Queue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final LongAdder lost = new LongAdder();
    private final Thread thread =
            Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH_BYTES);
    private int lines;
    private volatile boolean idle;
    private volatile boolean stopping;

    /**
     * Writes to that stream.
     *
     * @param onLost told how many lines have been lost since it was told last, once the stream takes lines again
     */
    LineWriter(OutputStream out, LongConsumer onLost) {
        this.out = out;
        this.onLost = onLost;
    }

    void start() {
        thread.start();
    }

    /** Has a line written within some 50 milliseconds, if the stream takes it. */
    void add(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (waitingBytes.addAndGet(bytes.length + 1) > MOST_BYTES) {
            waitingBytes.addAndGet(-bytes.length - 1);
            lost.increment();
        } else {
            waiting.add(bytes);
            if (idle) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** Writes what waits and ends, or gives up after that time. */
    void stop(long millis) throws InterruptedException {
        stopping = true;
        LockSupport.unpark(thread);
        thread.join(millis);
    }

    private void run() {
        boolean last = false;
        while (!last) {
            last = stopping; // Read before the lines: those that were there when it was set are still written.
            writeAll();
            rest();
        }
    }

    /** Lets some lines come together; while there are none, nobody has to be woken. */
    private void rest() {
        if (!stopping) {
            LockSupport.parkNanos(EVERY_NANOS);
        }
        idle = true;
        while (waiting.isEmpty() && !stopping) {
            LockSupport.park();
        }
        idle = false;
    }

    private void writeAll() {
        for (byte[] line = waiting.poll(); line != null; line = waiting.poll()) {
            waitingBytes.addAndGet(-line.length - 1);
            batch.writeBytes(line);
            batch.write('\n');
            lines++;
            if (batch.size() >= BATCH_BYTES || waiting.isEmpty()) {
                write();
            }
        }
    }

    private void write() {
        try {
            batch.writeTo(out);
            out.flush();
        } catch (IOException e) {
            lost.add(lines);
        }
        batch.reset();
        lines = 0;
        long missing = lost.sumThenReset();
        if (missing > 0) {
            onLost.accept(missing);
        }
    }
}
