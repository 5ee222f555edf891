package dev.jarway.loader.heap;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The first look at a heap dump: which objects there are that lead on, what the roots are, and which object is the sought. */
final class ObjectCensus implements HeapRecords {
    private final Classes classes;
    private final Marked target;
    private final Roots roots = new Roots();
    private final Longs objects = new Longs();
    private long found;

    ObjectCensus(Classes classes, Marked target) {
        this.classes = classes;
        this.target = target;
    }

    /** The objects, sorted. An object's place in it is its number from here on. */
    Longs objects() {
        return objects;
    }

    Roots roots() {
        return roots;
    }

    /** The object that was sought; 0 if it is not there. */
    long found() {
        return found;
    }

    @Override
    public void root(Root root) {
        roots.add(root);
    }

    @Override
    public void classDump(HeapClass type) {
        classes.add(type);
        objects.add(type.id());
    }

    @Override
    public void instance(long id, long classId, byte[] values, int length) throws IOException {
        Layout layout = classes.layout(classId);
        if (layout.leaf()) {
            return;
        }
        objects.add(id);
        if (layout.mark() >= 0 && ByteBuffer.wrap(values).getLong(layout.mark()) == target.value()) {
            found = id;
        }
    }

    @Override
    public void array(long id, long classId) {
        objects.add(id);
    }
}
