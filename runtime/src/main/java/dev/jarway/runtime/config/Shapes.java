package dev.jarway.runtime.config;

import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The components of a configuration record and of all records in it.
 *
 * @param root the outermost record
 * @param records in the order in which they were found
 * @param constructors the canonical constructor of each; to look one up takes longer than to call it
 */
record Shapes(
        Class<? extends Record> root,
        Map<Class<? extends Record>, List<Shape.Component>> records,
        Map<Class<? extends Record>, Constructor<? extends Record>> constructors) {

    static Shapes of(Class<? extends Record> root, Map<Class<? extends Record>, List<Shape.Component>> records) {
        var constructors = new LinkedHashMap<Class<? extends Record>, Constructor<? extends Record>>();
        records.keySet().forEach(type -> constructors.put(type, CanonicalConstructor.of(type)));
        return new Shapes(root, records, constructors);
    }

    List<Shape.Component> components(Class<? extends Record> type) {
        return Objects.requireNonNull(records.get(type), type::getName);
    }

    /** May be called, though the record need not be public. */
    Constructor<? extends Record> constructor(Class<? extends Record> type) {
        return Objects.requireNonNull(constructors.get(type), type::getName);
    }
}
