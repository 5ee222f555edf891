package dev.jarway.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The components of a configuration record and of all records in it.
 *
 * @param root the outermost record
 * @param records in the order in which they were found
 */
record Shapes(Class<? extends Record> root, Map<Class<? extends Record>, List<Shape.Component>> records) {

    List<Shape.Component> components(Class<? extends Record> type) {
        return Objects.requireNonNull(records.get(type), type::getName);
    }
}
