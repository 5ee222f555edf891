package dev.jarway.loader.heap;

import java.util.Arrays;
import java.util.Optional;

/** The shortest ways from the roots to one object, by a search that begins at all roots at once. */
final class Ways {
    private static final int UNSEEN = -1;
    private static final int ROOT = -2;

    private final References references;
    private final int[] from;
    private final Ints queue = new Ints();

    private Ways(References references, int objects) {
        this.references = references;
        from = new int[objects];
        Arrays.fill(from, UNSEEN);
    }

    /** The numbers of the objects on the way, from the root to the object itself. */
    static Optional<int[]> to(int object, References references, Longs objects, Roots roots) {
        var ways = new Ways(references, objects.size());
        for (Root root : roots.inOrder()) {
            int start = objects.find(root.id());
            if (start >= 0) {
                ways.see(start, ROOT);
            }
        }
        ways.search(object);
        return ways.from[object] == UNSEEN ? Optional.empty() : Optional.of(ways.back(object));
    }

    private void see(int object, int previous) {
        if (from[object] == UNSEEN) {
            from[object] = previous;
            queue.add(object);
        }
    }

    private void search(int object) {
        for (int next = 0; next < queue.size() && from[object] == UNSEEN; next++) {
            int looking = queue.get(next);
            int place = references.start(looking);
            boolean more = place >= 0;
            while (more) {
                see(references.target(place), looking);
                more = !references.last(place++);
            }
        }
    }

    private int[] back(int object) {
        int length = 1;
        for (int at = object; from[at] != ROOT; at = from[at]) {
            length++;
        }
        int[] way = new int[length];
        for (int at = object; length > 0; at = from[at]) {
            way[--length] = at;
        }
        return way;
    }
}
