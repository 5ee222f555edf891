package dev.jarway.loader.heap;

import java.util.List;

/**
 * A shortest way from a root of the garbage collector to an object, over references that hold.
 *
 * @param inHeap whether the object was in the heap at all
 * @param steps the root, then each reference as {@code acme.Foo.field}, {@code java.lang.Object[3]} or {@code class acme.Foo}, then
 *     the object; none if nothing but weak, soft, phantom or final references leads to it
 */
public record RootPath(boolean inHeap, List<String> steps) {
    /** To what has been collected. */
    public static final RootPath GONE = new RootPath(false, List.of());

    static final RootPath UNREACHED = new RootPath(true, List.of());

    public RootPath {
        steps = List.copyOf(steps);
    }

    /** The way in one line, or why there is none. */
    @Override
    public String toString() {
        if (!steps.isEmpty()) {
            return String.join(" → ", steps);
        }
        return inHeap
                ? "nothing holds it but weak, soft, phantom or final references: it goes when memory is needed"
                : "it is not in the heap any more";
    }
}
