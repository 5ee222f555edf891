package dev.jarway.runtime.overload;

import dev.jarway.runtime.config.OverloadConfig;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the gateway takes on another request. It outlives snapshots, so that what is under way goes on to count. Shared by
 * all event loops; only where the number is limited do they pay for a common count.
 */
public final class Overload {
    private static final int ALL = 100;
    private static final long COLLECT_EVERY = Duration.ofSeconds(2).toNanos();

    private final Means means;
    private final Runnable collection;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong connectionsRefused = new AtomicLong();
    private final AtomicLong collectedAt;
    private volatile OverloadConfig inForce = OverloadConfig.STANDARD;

    /**
     * Goes by those means.
     *
     * @param collection asks for a garbage collection
     */
    public Overload(Means means, Runnable collection) {
        this.means = means;
        this.collection = collection;
        this.collectedAt = new AtomicLong(System.nanoTime() - COLLECT_EVERY);
    }

    /** Its means, to be shown. */
    public Means means() {
        return means;
    }

    /** How many requests are under way, of those that had to be counted. */
    public int underWay() {
        return underWay.get();
    }

    /** How many requests were refused. */
    public long refused() {
        return refused.get();
    }

    /** How many connections were refused. */
    public long connectionsRefused() {
        return connectionsRefused.get();
    }

    /** From now on, connections are taken on by these limits. */
    public void follow(OverloadConfig limits) {
        inForce = limits;
    }

    /** Lets a connection in, or does not: each is a descriptor, also where it is open for nothing but to be told so. */
    public boolean admitsConnection() {
        boolean room = !isShortOfDescriptors(inForce);
        if (!room) {
            connectionsRefused.incrementAndGet();
        }
        return room;
    }

    /** Whether connections that are open would better not be. */
    public boolean isShortOfDescriptors() {
        return isShortOfDescriptors(inForce);
    }

    private boolean isShortOfDescriptors(OverloadConfig limits) {
        return limits.descriptors() < ALL && means.descriptors() >= limits.descriptors();
    }

    /**
     * Lets a request in.
     *
     * @throws GatewayFailure with the code {@code OVERLOADED} if it is one too many
     */
    public Pass enter(OverloadConfig limits) {
        if (limits.heap() < ALL && means.heap() >= limits.heap()) {
            collect();
            throw refuse("overload.heap: " + means.heap() + " % are in use");
        }
        if (isShortOfDescriptors(limits)) {
            throw refuse("overload.descriptors: " + means.descriptors() + " % are in use");
        }
        if (limits.requests().isEmpty()) {
            return Pass.FREE;
        }
        int most = limits.requests().get();
        return CountedPass.take(underWay, most)
                .orElseThrow(() -> refuse("overload.requests: " + most + " are under way"));
    }

    GatewayFailure refuse(String why) {
        refused.incrementAndGet();
        return GatewayFailure.of(FailureCode.OVERLOADED, why);
    }

    /** Whoever refuses everything makes no garbage, so nothing would be collected, and nothing tell that there is room again. */
    private void collect() {
        long last = collectedAt.get();
        long now = System.nanoTime();
        if (now - last >= COLLECT_EVERY && collectedAt.compareAndSet(last, now)) {
            Thread.ofVirtual().start(collection);
        }
    }
}
