package dev.jarway.loader.heap;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of a heap dump, and the names of its classes. Keeps where each stands in the file, and reads it there. */
final class Names implements HeapRecords {
    private final HprofFile file;
    private final Map<Long, Place> texts = new HashMap<>();
    private final Map<Long, Long> classes = new HashMap<>();
    private final Map<Integer, Long> serials = new HashMap<>();
    private final Map<Long, String> read = new HashMap<>();

    private Names(HprofFile file) {
        this.file = file;
    }

    static Names of(HprofFile file) throws IOException {
        var names = new Names(file);
        file.read(names);
        return names;
    }

    @Override
    public boolean wantsHeap() {
        return false;
    }

    @Override
    public void text(long id, long position, int length) {
        texts.put(id, new Place(position, length));
    }

    @Override
    public void loadedClass(int serial, long classId, long nameId) {
        classes.put(classId, nameId);
        serials.put(serial, nameId);
    }

    String text(long id) throws IOException {
        Place place = texts.get(id);
        return place == null ? "?" : file.text(place.position(), place.length());
    }

    /** As {@link Class#getName} says it, but {@code java.lang.Object[]} for an array. */
    String className(long classId) throws IOException {
        String known = read.get(classId);
        if (known == null) {
            known = readable(classes.get(classId));
            read.put(classId, known);
        }
        return known;
    }

    String classNameOfSerial(int serial) throws IOException {
        return readable(serials.get(serial));
    }

    private String readable(@Nullable Long nameId) throws IOException {
        String name = nameId == null ? "?" : text(nameId).replace('/', '.');
        String dimensions = "";
        while (name.startsWith("[")) {
            name = name.substring(1);
            dimensions += "[]";
        }
        boolean array = !dimensions.isEmpty() && name.startsWith("L") && name.endsWith(";");
        return (array ? name.substring(1, name.length() - 1) : name) + dimensions;
    }

    /** A text's bytes in the file. */
    private record Place(long position, int length) {}
}
