package dev.jarway.runtime.admission;

import java.util.concurrent.TimeUnit;

/** How many frames that carry nothing of a message have come in the last seconds. Of one connection. */
final class ControlCount {
    private static final long SPAN = TimeUnit.SECONDS.toNanos(10);

    private final Door door;
    private long since = System.nanoTime();
    private int spent;

    /** Of a connection at that door. */
    ControlCount(Door door) {
        this.door = door;
    }

    /** Counts another; true if that is one too many. */
    boolean exceeds() {
        if (++spent <= door.limits().controlFrames()) {
            return false;
        }
        long now = System.nanoTime();
        if (now - since > SPAN) {
            since = now;
            spent = 1;
            return false;
        }
        door.counts().add(Limit.CONTROL_FRAMES);
        return true;
    }
}
