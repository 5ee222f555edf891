package dev.jarway.loader.heap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * A heap dump in the format of {@code jmap} and of the JVM itself, read from the first record to the last, as often as is asked.
 */
final class HprofFile {
    private final Path file;

    HprofFile(Path file) {
        this.file = file;
    }

    void read(HeapRecords records) throws IOException {
        try (var in = HprofInput.open(file)) {
            header(in);
            while (!in.atEnd() && !records.done()) {
                int tag = in.u1();
                in.skip(4);
                long length = in.u4();
                long end = in.position() + length;
                record(in, tag, (int) length, end, records);
                in.skip(end - in.position());
            }
        }
    }

    String text(long position, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        try (var channel = FileChannel.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
                // Mostly it is read at once.
            }
        }
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    int idSize() throws IOException {
        try (var in = HprofInput.open(file)) {
            header(in);
            return in.idSize();
        }
    }

    private static void header(HprofInput in) throws IOException {
        while (in.u1() != 0) {
            // The format's name and version.
        }
        in.idSize(in.i4());
        in.skip(8);
    }

    private static void record(HprofInput in, int tag, int length, long end, HeapRecords records) throws IOException {
        switch (tag) {
            case 0x01 -> records.text(in.id(), in.position(), length - in.idSize());
            case 0x02 -> {
                int serial = in.i4();
                long classId = in.id();
                in.skip(4);
                records.loadedClass(serial, classId, in.id());
            }
            case 0x04 -> frame(in, records);
            case 0x05 -> trace(in, records);
            case 0x0C, 0x1C -> {
                while (records.wantsHeap() && !records.done() && in.position() < end) {
                    heapRecord(in, in.u1(), records);
                }
            }
            default -> {
                // Figures and the like.
            }
        }
    }

    private static void frame(HprofInput in, HeapRecords records) throws IOException {
        long id = in.id();
        long method = in.id();
        in.skip(in.idSize());
        records.frame(id, new StackFrame(method, in.id(), in.i4(), in.i4()));
    }

    private static void trace(HprofInput in, HeapRecords records) throws IOException {
        int serial = in.i4();
        in.skip(4);
        long[] frames = new long[in.i4()];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = in.id();
        }
        records.trace(serial, frames);
    }

    private static void heapRecord(HprofInput in, int tag, HeapRecords records) throws IOException {
        switch (tag) {
            case 0xFF -> records.root(new Root(Root.Kind.OTHER, in.id(), 0, 0));
            case 0x01 -> {
                records.root(new Root(Root.Kind.NATIVE_REFERENCE, in.id(), 0, 0));
                in.skip(in.idSize());
            }
            case 0x02 -> records.root(new Root(Root.Kind.NATIVE_VARIABLE, in.id(), in.i4(), in.i4()));
            case 0x03 -> records.root(new Root(Root.Kind.LOCAL_VARIABLE, in.id(), in.i4(), in.i4()));
            case 0x04, 0x06 -> records.root(new Root(Root.Kind.NATIVE_VARIABLE, in.id(), in.i4(), -1));
            case 0x05 -> records.root(new Root(Root.Kind.SYSTEM_CLASS, in.id(), 0, 0));
            case 0x07 -> records.root(new Root(Root.Kind.MONITOR, in.id(), 0, 0));
            case 0x08 -> records.root(new Root(Root.Kind.THREAD, in.id(), in.i4(), in.i4()));
            case 0x20 -> records.classDump(classDump(in));
            case 0x21 -> instance(in, records);
            case 0x22 -> array(in, records);
            case 0x23 -> numbers(in, records);
            default ->
                throw new IOException("heap dump: a record of kind " + tag + " at " + (in.position() - 1)
                        + " (expected: one that is known)");
        }
    }

    private static HeapClass classDump(HprofInput in) throws IOException {
        long id = in.id();
        in.skip(4);
        long superclass = in.id();
        long loader = in.id();
        long signers = in.id();
        long protectionDomain = in.id();
        in.skip(2L * in.idSize() + 4);
        for (int i = in.u2(); i > 0; i--) {
            in.skip(2);
            in.skip(FieldType.size(in.u1(), in.idSize()));
        }
        var statics = new ArrayList<HeapClass.Static>();
        for (int i = in.u2(); i > 0; i--) {
            long name = in.id();
            int type = in.u1();
            if (type == FieldType.OBJECT) {
                statics.add(new HeapClass.Static(name, in.id()));
            } else {
                in.skip(FieldType.size(type, in.idSize()));
            }
        }
        var fields = new ArrayList<HeapClass.Field>();
        for (int i = in.u2(); i > 0; i--) {
            fields.add(new HeapClass.Field(in.id(), in.u1()));
        }
        return new HeapClass(id, superclass, loader, signers, protectionDomain, statics, fields);
    }

    private static void instance(HprofInput in, HeapRecords records) throws IOException {
        long id = in.id();
        in.skip(4);
        long classId = in.id();
        int length = in.i4();
        records.instance(id, classId, in.shared(length), length);
    }

    private static void array(HprofInput in, HeapRecords records) throws IOException {
        long id = in.id();
        in.skip(4);
        int count = in.i4();
        records.array(id, in.id());
        for (int i = 0; i < count; i++) {
            long element = in.id();
            if (element != 0) {
                records.element(i, element);
            }
        }
        records.arrayEnd();
    }

    private static void numbers(HprofInput in, HeapRecords records) throws IOException {
        long id = in.id();
        in.skip(4);
        int count = in.i4();
        long length = (long) count * FieldType.size(in.u1(), in.idSize());
        if (records.wantsNumbers(id)) {
            records.numbers(in.bytes((int) length));
        } else {
            in.skip(length);
        }
    }
}
