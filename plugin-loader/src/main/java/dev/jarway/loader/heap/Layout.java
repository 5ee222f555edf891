package dev.jarway.loader.heap;

import java.util.List;

/**
 * Where in an object's bytes the references are that hold.
 *
 * @param references these
 * @param mark where the number of a {@link Marked} object stands; negative in objects of other classes
 * @param holdsClass whether the object's class may lead to a class loader, as those of the JVM's own do not
 */
record Layout(List<Reference> references, int mark, boolean holdsClass) {

    Layout {
        references = List.copyOf(references);
    }

    /** Whether nothing can be reached through such objects. */
    boolean leaf() {
        return references.isEmpty() && !holdsClass && mark < 0;
    }

    /**
     * A field.
     *
     * @param offset of its value
     * @param name the text that names it
     * @param owner the class that declares it
     */
    record Reference(int offset, long name, long owner) {}
}
