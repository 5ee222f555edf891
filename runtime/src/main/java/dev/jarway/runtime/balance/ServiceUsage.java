package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.ServiceLimitsConfig;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much of a service with limits is in use by all event loops, and who waits. It goes on when the service's configuration
 * changes. Its counts are shared and exact: only services with limits pay for that.
 */
public final class ServiceUsage {
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();

    /** As whoever came last was told: when the limit changes, it does for those who wait, too. */
    private volatile int mostConnections = Integer.MAX_VALUE;

    /** How many requests are under way or wait. */
    public int requests() {
        return requests.get();
    }

    /** How many connections are in use. */
    public int connections() {
        return connections.get();
    }

    /** How many requests wait for a connection. */
    public int pending() {
        return pending.get();
    }

    /**
     * Asks to be let in.
     *
     * @param here the calling event loop
     */
    public Entry enter(ServiceLimitsConfig limits, Context here) {
        int most = limits.connections().orElse(Integer.MAX_VALUE);
        mostConnections = most;
        letIn(); // Those who wait, if that is more than before.
        Entry entry = new Entry(this, here);
        if (!takeRequest(limits)) {
            entry.refuse("limits.requests: " + limits.requests().orElse(0) + " are under way or wait");
        } else if (queue.isEmpty() && take(connections, most)) {
            entry.permit.complete(this::leave);
        } else if (!take(pending, limits.pendingRequests())) {
            requests.decrementAndGet();
            entry.refuse("limits.connections: " + most + " are in use, and limits.pendingRequests: "
                    + limits.pendingRequests() + " wait");
        } else {
            entry.waitFor(limits.pendingFor(), most);
            queue.add(entry);
            letIn();
        }
        return entry;
    }

    /** Asks to be let in without waiting; empty if that is not to be had. */
    public Optional<Permit> enterAtOnce(ServiceLimitsConfig limits) {
        if (!takeRequest(limits)) {
            return Optional.empty();
        }
        if (queue.isEmpty() && take(connections, limits.connections().orElse(Integer.MAX_VALUE))) {
            return Optional.of(this::leave);
        }
        requests.decrementAndGet();
        return Optional.empty();
    }

    private boolean takeRequest(ServiceLimitsConfig limits) {
        return take(requests, limits.requests().orElse(Integer.MAX_VALUE));
    }

    private static boolean take(AtomicInteger count, int most) {
        int taken = count.get();
        while (taken < most) {
            int witness = count.compareAndExchange(taken, taken + 1);
            if (witness == taken) {
                return true;
            }
            taken = witness;
        }
        return false;
    }

    private void leave() {
        connections.decrementAndGet();
        requests.decrementAndGet();
        letIn();
    }

    /** Lets waiting requests in as long as there is room. By whoever has made room, or has just begun to wait. */
    private void letIn() {
        while (!queue.isEmpty()) {
            if (!take(connections, mostConnections)) {
                return;
            }
            Entry first = queue.poll();
            if (first == null || !first.settle()) {
                connections.decrementAndGet();
                continue;
            }
            pending.decrementAndGet();
            first.comeIn(this::leave);
        }
    }

    private void forget(Entry entry) {
        queue.remove(entry);
        pending.decrementAndGet();
        requests.decrementAndGet();
        letIn();
    }

    /** A request that wants to be let in: it is, or waits, or is refused. */
    public static final class Entry {
        private final ServiceUsage usage;
        private final Context here;
        private final Promise<Permit> permit = Promise.promise();
        private final AtomicBoolean waiting = new AtomicBoolean();
        private long timer;

        private Entry(ServiceUsage usage, Context here) {
            this.usage = usage;
            this.here = here;
        }

        /**
         * The permit, at once or, if there was to be waited, later on the event loop. Fails with a {@link GatewayFailure} that
         * names the limit, or with what the waiting was given up for.
         */
        public Future<Permit> permit() {
            return permit.future();
        }

        /** Does not wait any longer, for that reason. No effect if there is nothing to be waited for. On the event loop. */
        public void giveUp(Throwable why) {
            if (settle()) {
                here.owner().cancelTimer(timer);
                usage.forget(this);
                permit.fail(why);
            }
        }

        private void refuse(String why) {
            permit.fail(GatewayFailure.of(FailureCode.SERVICE_BUSY, why));
        }

        private void waitFor(Duration span, int most) {
            waiting.set(true);
            timer = here.owner()
                    .setTimer(
                            span.toMillis(),
                            fired -> giveUp(GatewayFailure.of(
                                    FailureCode.SERVICE_BUSY,
                                    "limits.connections: none of " + most + " was free within " + span.toMillis()
                                            + " ms")));
        }

        /** Whether it is the caller who ends the waiting. */
        private boolean settle() {
            return waiting.compareAndSet(true, false);
        }

        private void comeIn(Permit free) {
            here.runOnContext(ignored -> {
                here.owner().cancelTimer(timer);
                permit.complete(free);
            });
        }
    }
}
