package dev.jarway.runtime.watch;

import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Virtual threads that let no other one run until they are released. */
final class BusyCarriers implements AutoCloseable {
    private volatile boolean released;

    private BusyCarriers() {}

    static BusyCarriers take() throws InterruptedException {
        var busy = new BusyCarriers();
        int carriers = Runtime.getRuntime().availableProcessors();
        var running = new CountDownLatch(carriers);
        IntStream.range(0, carriers)
                .forEach(i -> Thread.startVirtualThread(() -> {
                    running.countDown();
                    while (!busy.released) {
                        Thread.onSpinWait();
                    }
                }));
        running.await();
        return busy;
    }

    @Override
    public void close() {
        released = true;
    }
}
