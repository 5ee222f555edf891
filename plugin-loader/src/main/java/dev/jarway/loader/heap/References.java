package dev.jarway.loader.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The second look at a heap dump: which object refers to which, by their numbers. */
final class References implements HeapRecords {
    private static final int NONE = -1;

    private final Classes classes;
    private final Longs objects;
    private final int idSize;
    private final int[] starts;
    private final Ints targets = new Ints();
    private int begun;

    References(Classes classes, Longs objects, int idSize) {
        this.classes = classes;
        this.objects = objects;
        this.idSize = idSize;
        starts = new int[objects.size()];
        Arrays.fill(starts, NONE);
    }

    /** Where in the list of all references the object's begin; negative if it has none. */
    int start(int object) {
        return starts[object];
    }

    /** The object that the reference there leads to. */
    int target(int place) {
        int target = targets.get(place);
        return target < 0 ? ~target : target;
    }

    /** Whether the reference there is its object's last. */
    boolean last(int place) {
        return targets.get(place) < 0;
    }

    @Override
    public void classDump(HeapClass type) {
        begin(type.id());
        refer(type.loader());
        refer(type.superclass());
        refer(type.signers());
        refer(type.protectionDomain());
        type.statics().forEach(field -> refer(field.target()));
        arrayEnd();
    }

    @Override
    public void instance(long id, long classId, byte[] values, int length) throws IOException {
        Layout layout = classes.layout(classId);
        if (layout.leaf()) {
            return;
        }
        begin(id);
        var bytes = ByteBuffer.wrap(values);
        for (var reference : layout.references()) {
            int offset = reference.offset();
            refer(idSize == 8 ? bytes.getLong(offset) : Integer.toUnsignedLong(bytes.getInt(offset)));
        }
        if (layout.holdsClass()) {
            refer(classId);
        }
        arrayEnd();
    }

    @Override
    public void array(long id, long classId) {
        begin(id);
    }

    @Override
    public void element(int index, long id) {
        refer(id);
    }

    @Override
    public void arrayEnd() {
        int last = targets.size() - 1;
        if (last >= starts[begun]) {
            targets.set(last, ~targets.get(last));
        } else {
            starts[begun] = NONE;
        }
    }

    private void begin(long id) {
        begun = objects.find(id);
        starts[begun] = targets.size();
    }

    private void refer(long id) {
        int target = id == 0 ? NONE : objects.find(id);
        if (target >= 0) {
            targets.add(target);
        }
    }
}
