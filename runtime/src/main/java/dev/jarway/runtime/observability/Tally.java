package dev.jarway.runtime.observability;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** What all event loops together have counted of one version. Each has a part of its own, made when it first needs one. */
public final class Tally {
    private final AtomicReferenceArray<LoopTally> loops;

    /** A tally of nothing yet, for that many event loops. */
    public Tally(int loops) {
        this.loops = new AtomicReferenceArray<>(loops);
    }

    /** The part of an event loop. Called on that loop. */
    public LoopTally on(int loop) {
        LoopTally own = loops.getPlain(loop);
        if (own == null) {
            own = new LoopTally();
            loops.setRelease(loop, own);
        }
        return own;
    }

    /** What has been counted since the beginning. From any thread; what is being counted meanwhile may be missing. */
    public Figures read() {
        Figures sum = Figures.NONE;
        for (int i = 0; i < loops.length(); i++) {
            LoopTally part = loops.getAcquire(i);
            if (part != null) {
                sum = sum.plus(part.read());
            }
        }
        return sum;
    }
}
