package dev.jarway.loader.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The third look at a heap dump: what the references on a way are called. */
final class StepNames implements HeapRecords {
    private final Classes classes;
    private final Names names;
    private final Map<Long, Long> next = new HashMap<>();
    private final Map<Long, String> found = new HashMap<>();

    private long array;
    private long arrayClass;

    StepNames(Classes classes, Names names, long[] way) {
        this.classes = classes;
        this.names = names;
        for (int i = 0; i + 1 < way.length; i++) {
            next.put(way[i], way[i + 1]);
        }
    }

    /** What leads from the object to the next on the way. */
    String of(long object) {
        return Objects.requireNonNullElse(found.get(object), "?");
    }

    @Override
    public boolean done() {
        return found.size() == next.size();
    }

    @Override
    public void classDump(HeapClass type) throws IOException {
        Long to = next.get(type.id());
        if (to == null) {
            return;
        }
        String name = classes.name(type.id());
        found.put(type.id(), "class " + name);
        for (var field : type.statics()) {
            if (field.target() == to && type.loader() != to) {
                found.put(type.id(), name + "." + names.text(field.name()));
            }
        }
    }

    @Override
    public void instance(long id, long classId, byte[] values, int length) throws IOException {
        Long to = next.get(id);
        if (to == null) {
            return;
        }
        Layout layout = classes.layout(classId);
        found.put(id, "object of " + classes.name(classId));
        for (var field : layout.references()) {
            if (reference(values, field.offset()) == to) {
                found.put(id, classes.name(field.owner()) + "." + names.text(field.name()));
            }
        }
    }

    private long reference(byte[] values, int offset) {
        var bytes = ByteBuffer.wrap(values);
        return classes.idSize() == 8 ? bytes.getLong(offset) : Integer.toUnsignedLong(bytes.getInt(offset));
    }

    @Override
    public void array(long id, long classId) {
        array = next.containsKey(id) ? id : 0;
        arrayClass = classId;
    }

    @Override
    public void element(int index, long id) throws IOException {
        if (array != 0 && Objects.equals(next.get(array), id)) {
            found.putIfAbsent(array, classes.name(arrayClass).replaceFirst("\\[]", "[" + index + "]"));
        }
    }
}
