package dev.jarway.runtime.upstream;

import dev.jarway.runtime.balance.EndpointAddress;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to all endpoints. It outlives snapshots, so that a swap opens no connection anew. Belongs to
 * that event loop.
 */
public final class UpstreamClient {
    private final Vertx vertx;
    private final Deadlines deadlines;
    private final Map<Duration, Dialer> dialers = new HashMap<>();
    private @Nullable Duration lastTime;
    private @Nullable Dialer last;

    /** One without connections. */
    public UpstreamClient(Vertx vertx) {
        this.vertx = vertx;
        this.deadlines = Deadlines.of((VertxInternal) vertx);
    }

    /** For timers. */
    Vertx vertx() {
        return vertx;
    }

    /** Those of its calls. */
    Deadlines deadlines() {
        return deadlines;
    }

    /** What opens connections, or gives up, within that time, and keeps those that are open. */
    Dialer within(Duration connect) {
        if (connect.equals(lastTime) && last != null) {
            return last;
        }
        last = openWithin(connect);
        lastTime = connect;
        return last;
    }

    private Dialer openWithin(Duration connect) {
        Dialer known = dialers.get(connect);
        if (known != null) {
            return known;
        }
        dialers.values().removeIf(Dialer::closeIfUnused); // Configurations come and go, and each may say another time.
        Dialer another = Dialer.open((VertxInternal) vertx, deadlines, connect);
        dialers.put(connect, another);
        return another;
    }

    /** Closes the connections to an endpoint: those that are idle at once, the others when they are given back. */
    public void leave(EndpointAddress address) {
        dialers.values().forEach(dialer -> dialer.leave(address));
    }
}
