package dev.jarway.runtime.observability;

import java.util.List;

/** The tallies that one place in a chain counts for: that of the version, and that of the version in its rollout. */
public record Tallies(List<Tally> all) {
    public Tallies {
        all = List.copyOf(all);
    }

    /** See {@link LoopTally#called}. */
    public void called(int loop, long nanos) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).on(loop).called(nanos);
        }
    }

    /** See {@link LoopTally#failed}. */
    public void failed(int loop, boolean late) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).on(loop).failed(late);
        }
    }

    /** See {@link LoopTally#mark}. */
    public void mark(int loop, boolean failed) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).on(loop).mark(failed);
        }
    }

    /** See {@link LoopTally#count}. */
    public void count(int loop, boolean failed, long nanos) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).on(loop).count(failed, nanos);
        }
    }
}
