package dev.jarway.runtime.balance;

import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of a service and how it is. Shared by all event loops, and carried from snapshot to snapshot: a swap forgets
 * nothing of it. Its standing is written by one thread, that of the caretaker.
 */
public final class LiveEndpoint {
    private final EndpointAddress address;
    private final SocketAddress socket;
    private final AtomicReferenceArray<@Nullable LoopLoad> loads;

    /** Of all event loops. Written only when something fails, or is well again: otherwise all of them just read it. */
    private final AtomicInteger failuresInARow = new AtomicInteger();

    private volatile String lastFailure = "";
    private volatile Standing standing;

    LiveEndpoint(EndpointAddress address, int loops, Standing standing) {
        this.address = address;
        this.socket = address.socket();
        this.loads = new AtomicReferenceArray<>(loops);
        this.standing = standing;
    }

    /** One of which nothing is known. */
    static LiveEndpoint unknown(EndpointAddress address, int loops, Instant now) {
        return new LiveEndpoint(address, loops, Standing.unknown(now));
    }

    /** Where it is. */
    public EndpointAddress address() {
        return address;
    }

    /** What connections are opened to. */
    public SocketAddress socket() {
        return socket;
    }

    Standing standing() {
        return standing;
    }

    void enter(Standing next) {
        standing = next;
    }

    /** The load of the calling event loop. That loop makes it, so that those of two loops do not lie side by side. */
    LoopLoad load(int loop) {
        LoopLoad load = loads.getPlain(loop);
        if (load == null) {
            load = new LoopLoad();
            loads.setRelease(loop, load);
        }
        return load;
    }

    /** All that has been counted, as of a moment ago. */
    public LoadFigures figures() {
        LoadFigures sum = LoadFigures.NONE;
        for (int i = 0; i < loads.length(); i++) {
            LoopLoad load = loads.getAcquire(i);
            if (load != null) {
                sum = sum.plus(load);
            }
        }
        return sum;
    }

    /** Notes a request that went well. */
    void succeeded() {
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
    }

    /** Notes a request that failed, and says how many have in a row. */
    int failed(String why) {
        lastFailure = why;
        return failuresInARow.incrementAndGet();
    }

    int failuresInARow() {
        return failuresInARow.get();
    }

    String lastFailure() {
        return lastFailure;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
