package dev.jarway.loader.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The names of threads in a heap dump: the characters of the text that the thread's object refers to. Three looks for each. */
final class ThreadNames {
    private final HprofFile file;
    private final Classes classes;

    ThreadNames(HprofFile file, Classes classes) {
        this.file = file;
        this.classes = classes;
    }

    String of(long thread) throws IOException {
        long text = field(thread, "java.lang.Thread", "name");
        long characters = field(text, "java.lang.String", "value");
        boolean wide = field(text, "java.lang.String", "coder") != 0;
        var numbers = new Numbers(characters);
        file.read(numbers);
        // The two bytes of a wide character are in the order of the machine, which is this one.
        var order =
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        return new String(numbers.content, wide ? order : StandardCharsets.ISO_8859_1);
    }

    private long field(long object, String owner, String name) throws IOException {
        var field = new Field(object, owner, name);
        if (object != 0) {
            file.read(field);
        }
        return field.value;
    }

    /** One field of one object. */
    private final class Field implements HeapRecords {
        private final long object;
        private final String owner;
        private final String name;
        private long value;
        private boolean done;

        Field(long object, String owner, String name) {
            this.object = object;
            this.owner = owner;
            this.name = name;
        }

        @Override
        public boolean done() {
            return done;
        }

        @Override
        public void instance(long id, long classId, byte[] values, int length) throws IOException {
            if (id == object) {
                value = classes.value(classId, ByteBuffer.wrap(values), owner, name);
                done = true;
            }
        }
    }

    /** The content of one array. */
    private static final class Numbers implements HeapRecords {
        private final long array;
        private byte[] content = {};
        private boolean done;

        Numbers(long array) {
            this.array = array;
        }

        @Override
        public boolean done() {
            return done;
        }

        @Override
        public boolean wantsNumbers(long id) {
            return id == array && array != 0;
        }

        @Override
        public void numbers(byte[] found) {
            content = found;
            done = true;
        }
    }
}
