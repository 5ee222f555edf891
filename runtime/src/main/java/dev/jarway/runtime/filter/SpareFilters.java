package dev.jarway.runtime.filter;

import java.util.ArrayList;
import java.util.List;

/** What exchanges that are over have left for others of their event loop, the last one first. Belongs to one event loop. */
final class SpareFilters {
    /** As many as have been under way at a time; beyond this a rush does not occupy memory for ever. */
    private static final int MOST = 256;

    private final List<MetFilters> spare = new ArrayList<>();

    MetFilters take() {
        return spare.isEmpty() ? new MetFilters() : spare.removeLast();
    }

    void give(MetFilters met) {
        met.clear();
        if (spare.size() < MOST) {
            spare.add(met);
        }
    }
}
