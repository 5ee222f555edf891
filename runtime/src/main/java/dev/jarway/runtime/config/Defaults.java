package dev.jarway.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/** The check that the defaults of a record are values which its own schema takes. */
final class Defaults {
    private final Shapes shapes;

    private Defaults(Shapes shapes) {
        this.shapes = shapes;
    }

    /**
     * Checks every default.
     *
     * @throws IllegalArgumentException naming the component whose default does not fit
     */
    static void check(Shapes shapes) {
        var defaults = new Defaults(shapes);
        for (var type : shapes.records().keySet()) {
            defaults.checkEndless(type, new LinkedHashSet<>());
            shapes.components(type).forEach(component -> defaults.checkOne(type, component));
        }
    }

    private void checkEndless(Class<? extends Record> type, Set<Class<?>> outer) {
        if (!outer.add(type)) {
            throw new IllegalArgumentException(type.getName() + ": contains itself by default (expected: an end)");
        }
        for (var component : shapes.components(type)) {
            if (component.standard().isPresent() && component.type().shape() instanceof Shape.Nested nested) {
                checkEndless(nested.type(), outer);
            }
        }
        outer.remove(type);
    }

    private void checkOne(Class<? extends Record> type, Shape.Component component) {
        if (component.standard().isEmpty()) {
            return;
        }
        var value = component.standard().get();
        var schema = new SchemaProblems(SchemaWriter.write(shapes, component));
        var problems = new ArrayList<>(schema.find(value, "", HiddenValues.byKey()));
        if (problems.isEmpty()) {
            problems.addAll(RecordBinder.problems(shapes, component.type().shape(), value));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    type.getName() + ", component " + component.name() + ": @Default " + problems.getFirst());
        }
    }
}
