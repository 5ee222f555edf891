package dev.jarway.loader.heap;

import java.util.List;

/**
 * A class as a heap dump has it.
 *
 * @param id of its {@link Class} object
 * @param superclass its superclass, or 0
 * @param loader its class loader, or 0 for the JVM's own
 * @param signers what it is signed by, or 0
 * @param protectionDomain its protection domain, or 0
 * @param statics its static fields of reference types
 * @param fields the fields that it declares
 */
record HeapClass(
        long id,
        long superclass,
        long loader,
        long signers,
        long protectionDomain,
        List<Static> statics,
        List<Field> fields) {

    HeapClass {
        statics = List.copyOf(statics);
        fields = List.copyOf(fields);
    }

    /**
     * A static field.
     *
     * @param name the text that names it
     * @param target the object that it refers to, or 0
     */
    record Static(long name, long target) {}

    /**
     * A field of the class's objects.
     *
     * @param name the text that names it
     * @param type see {@link FieldType}
     */
    record Field(long name, int type) {}
}
