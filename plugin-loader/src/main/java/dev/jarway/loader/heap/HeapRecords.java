package dev.jarway.loader.heap;

import java.io.IOException;

/** Who is told what a heap dump holds, record by record. */
interface HeapRecords {

    /** Whether the heap itself is of interest, or just what comes beside it: texts, names of classes, stacks. */
    default boolean wantsHeap() {
        return true;
    }

    /** Whether all is known that was sought, so that the rest need not be read. */
    default boolean done() {
        return false;
    }

    /** A text. It begins there in the file, and is so long. */
    default void text(long id, long position, int length) throws IOException {}

    default void loadedClass(int serial, long classId, long nameId) throws IOException {}

    default void frame(long id, StackFrame frame) throws IOException {}

    default void trace(int serial, long[] frames) throws IOException {}

    default void root(Root root) throws IOException {}

    default void classDump(HeapClass type) throws IOException {}

    /** An object. The bytes are its fields' values, those of its class first, then its superclass's. */
    default void instance(long id, long classId, byte[] values, int length) throws IOException {}

    /** An array of objects begins; its elements follow. */
    default void array(long id, long classId) throws IOException {}

    /** An element that is not null. */
    default void element(int index, long id) throws IOException {}

    /** The array has ended. */
    default void arrayEnd() throws IOException {}

    /** Whether the content of an array of numbers is of interest. */
    default boolean wantsNumbers(long id) {
        return false;
    }

    default void numbers(byte[] content) throws IOException {}
}
