package dev.jarway.loader.heap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The roots of a heap dump. */
final class Roots {
    private final List<Root> roots = new ArrayList<>();
    private final Map<Integer, Root> threads = new HashMap<>();

    void add(Root root) {
        roots.add(root);
        if (root.kind() == Root.Kind.THREAD) {
            threads.put(root.thread(), root);
        }
    }

    /** Those that say the most first. */
    List<Root> inOrder() {
        roots.sort(Comparator.comparing(Root::kind));
        return roots;
    }

    /** The thread of that number. */
    Optional<Root> thread(int serial) {
        return Optional.ofNullable(threads.get(serial));
    }
}
