package dev.jarway.runtime.admission;

import dev.jarway.runtime.config.LimitsConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/** How often a client has done in the last seconds what costs the gateway more than the client. Of one connection. */
final class RateCount {
    private final Door door;
    private final Limit limit;
    private final ToIntFunction<LimitsConfig> most;
    private final long span;
    private long since = System.nanoTime();
    private int spent;
    private boolean exceeded;

    private RateCount(Door door, Limit limit, ToIntFunction<LimitsConfig> most, long seconds) {
        this.door = door;
        this.limit = limit;
        this.most = most;
        this.span = TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Of frames that carry nothing of a message, on a connection at that door. */
    static RateCount ofControlFrames(Door door) {
        return new RateCount(door, Limit.CONTROL_FRAMES, LimitsConfig::controlFrames, 10);
    }

    /** Of streams that are reset, on a connection at that door. */
    static RateCount ofStreamResets(Door door) {
        return new RateCount(door, Limit.STREAM_RESETS, LimitsConfig::streamResets, 30);
    }

    /** What it is that it counts. */
    Limit limit() {
        return limit;
    }

    /** Counts another; true if that is one too many, the first time: it ends the connection. */
    boolean exceeds() {
        if (exceeded || ++spent <= most.applyAsInt(door.limits())) {
            return false;
        }
        long now = System.nanoTime();
        if (now - since > span) {
            since = now;
            spent = 1;
            return false;
        }
        exceeded = true;
        door.counts().add(limit);
        return true;
    }
}
