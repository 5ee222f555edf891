package dev.jarway.loader.heap;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a root is called: of which thread, and where in its stack. */
final class RootName {
    private final HprofFile file;
    private final Names names;
    private final ThreadNames threadNames;
    private final Roots roots;

    RootName(HprofFile file, Names names, Classes classes, Roots roots) {
        this.file = file;
        this.names = names;
        this.roots = roots;
        threadNames = new ThreadNames(file, classes);
    }

    String of(Root root) throws IOException {
        return switch (root.kind()) {
            case LOCAL_VARIABLE -> thread(root) + " local variable" + place(root);
            case NATIVE_VARIABLE -> thread(root) + " native local variable";
            case THREAD -> thread(root);
            case NATIVE_REFERENCE -> "a reference of native code";
            case MONITOR -> "a monitor in use";
            case SYSTEM_CLASS -> "the JVM";
            case OTHER -> "a root of the JVM's";
        };
    }

    private String thread(Root root) throws IOException {
        var thread = roots.thread(root.thread());
        return "Thread \""
                + (thread.isEmpty() ? "?" : threadNames.of(thread.get().id())) + "\"";
    }

    private String place(Root root) throws IOException {
        var thread = roots.thread(root.thread());
        if (thread.isEmpty()) {
            return "";
        }
        var frames = new Frames(thread.get().place(), root.place());
        file.read(frames);
        StackFrame frame = frames.found();
        if (frame == null) {
            return "";
        }
        String source = frame.fileId() == 0 ? "" : names.text(frame.fileId());
        String line = frame.line() > 0 ? ":" + frame.line() : "";
        return " in " + names.classNameOfSerial(frame.classSerial()) + "." + names.text(frame.methodId()) + "(" + source
                + line + ")";
    }

    /** The frame of one stack trace at one depth. */
    private static final class Frames implements HeapRecords {
        private final int trace;
        private final int depth;
        private final Map<Long, StackFrame> all = new HashMap<>();
        private @Nullable StackFrame found;

        Frames(int trace, int depth) {
            this.trace = trace;
            this.depth = depth;
        }

        @Nullable
        StackFrame found() {
            return found;
        }

        @Override
        public boolean wantsHeap() {
            return false;
        }

        @Override
        public void frame(long id, StackFrame frame) {
            all.put(id, frame);
        }

        @Override
        public void trace(int serial, long[] frames) {
            if (serial == trace && depth >= 0 && depth < frames.length) {
                found = all.get(frames[depth]);
            }
        }
    }
}
