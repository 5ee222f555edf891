package dev.jarway.loader.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** The classes of a heap dump. */
final class Classes {
    private final Map<Long, HeapClass> classes = new HashMap<>();
    private final Map<Long, Layout> layouts = new HashMap<>();
    private final Names names;
    private final Marked target;
    private final int idSize;

    Classes(Names names, Marked target, int idSize) {
        this.names = names;
        this.target = target;
        this.idSize = idSize;
    }

    void add(HeapClass type) {
        classes.put(type.id(), type);
    }

    int idSize() {
        return idSize;
    }

    String name(long id) throws IOException {
        return names.className(id);
    }

    Layout layout(long id) throws IOException {
        Layout known = layouts.get(id);
        if (known == null) {
            known = compute(id);
            layouts.put(id, known);
        }
        return known;
    }

    /** The value of a field that the class, or one of its superclasses, declares; 0 if none does. */
    long value(long id, ByteBuffer values, String owner, String field) throws IOException {
        int offset = 0;
        for (HeapClass part = classes.get(id); part != null; part = classes.get(part.superclass())) {
            boolean declares = names.className(part.id()).equals(owner);
            for (var candidate : part.fields()) {
                int size = FieldType.size(candidate.type(), idSize);
                if (declares && names.text(candidate.name()).equals(field)) {
                    return number(values, offset, size);
                }
                offset += size;
            }
        }
        return 0;
    }

    private static long number(ByteBuffer values, int offset, int size) {
        return switch (size) {
            case 1 -> values.get(offset);
            case 2 -> values.getShort(offset);
            case 4 -> Integer.toUnsignedLong(values.getInt(offset));
            default -> values.getLong(offset);
        };
    }

    private Layout compute(long id) throws IOException {
        var references = new ArrayList<Layout.Reference>();
        int mark = -1;
        int offset = 0;
        boolean string = names.className(id).equals("java.lang.String");
        HeapClass type = classes.get(id);
        for (HeapClass part = type; part != null; part = classes.get(part.superclass())) {
            for (var field : part.fields()) {
                if (field.type() == FieldType.OBJECT && !string && holds(part, field)) {
                    references.add(new Layout.Reference(offset, field.name(), part.id()));
                }
                if (field.type() == FieldType.LONG && isMark(part, field)) {
                    mark = offset;
                }
                offset += FieldType.size(field.type(), idSize);
            }
        }
        return new Layout(references, mark, type != null && type.loader() != 0);
    }

    private boolean holds(HeapClass part, HeapClass.Field field) throws IOException {
        return !names.className(part.id()).equals("java.lang.ref.Reference")
                || !names.text(field.name()).equals("referent");
    }

    private boolean isMark(HeapClass part, HeapClass.Field field) throws IOException {
        return names.className(part.id()).equals(target.className())
                && names.text(field.name()).equals(target.field());
    }
}
