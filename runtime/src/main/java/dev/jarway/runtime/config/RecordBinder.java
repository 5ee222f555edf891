package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes records out of one tree, through their canonical constructors.
 *
 * <p>It goes on where something is wrong, to find all that is wrong: a value that cannot be made is {@code null}, inside this
 * class only, and whatever it is a part of is not made either.
 */
final class RecordBinder {
    private final Shapes shapes;
    private final HiddenValues hidden;
    private final Set<String> broken;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * A binder for one tree.
     *
     * @param known what the schema has found wrong with it
     */
    RecordBinder(Shapes shapes, HiddenValues hidden, List<Problem> known) {
        this.shapes = shapes;
        this.hidden = hidden;
        this.broken = known.stream().map(Problem::pointer).collect(Collectors.toSet());
    }

    /** What is wrong with a value that stands nowhere, beyond what the schema finds. */
    static List<Problem> problems(Shapes shapes, Shape shape, JsonNode value) {
        var binder = new RecordBinder(shapes, HiddenValues.byKey(), List.of());
        binder.bind(shape, value, "");
        return binder.problems();
    }

    /** What the schema cannot find: numbers out of range, and what the records themselves refuse. */
    List<Problem> problems() {
        return problems;
    }

    @Nullable
    Object record(Class<? extends Record> type, JsonNode tree, String at) {
        if (!tree.isObject()) {
            return null;
        }
        var components = shapes.components(type);
        var values = new @Nullable Object[components.size()];
        var complete = !broken.contains(at);
        for (int i = 0; i < values.length; i++) {
            values[i] = component(components.get(i), tree, at);
            complete &= values[i] != null;
        }
        for (var key : tree.properties()) {
            complete &= !broken.contains(Pointer.child(at, key.getKey()));
        }
        return complete ? construct(type, values, tree, at) : null;
    }

    private @Nullable Object component(Shape.Component component, JsonNode tree, String at) {
        var pointer = Pointer.child(at, component.name());
        var value = tree.get(component.name());
        if (value != null) {
            return bind(component.type().shape(), value, pointer);
        }
        if (component.type().shape() instanceof Shape.Maybe) {
            return Optional.empty();
        }
        return component
                .standard()
                .map(standard -> bind(component.type().shape(), standard, pointer))
                .orElse(null);
    }

    private @Nullable Object bind(Shape shape, JsonNode value, String at) {
        if (broken.contains(at)) {
            return null;
        }
        return switch (shape) {
            case Shape.Scalar scalar -> scalar(scalar, value, at);
            case Shape.Choice choice ->
                choice.constants().stream()
                        .filter(constant -> Shape.Choice.written(constant).equals(value.asText()))
                        .findFirst()
                        .orElse(null);
            case Shape.Sequence sequence -> sequence(sequence, value, at);
            case Shape.Table table -> table(table, value, at);
            case Shape.Maybe maybe -> {
                var content = bind(maybe.content().shape(), value, at);
                yield content == null ? null : Optional.of(content);
            }
            case Shape.Nested nested -> record(nested.type(), value, at);
            case Shape.Tree tree -> value.deepCopy();
        };
    }

    private @Nullable Object scalar(Shape.Scalar scalar, JsonNode value, String at) {
        try {
            return Scalars.read(scalar, value);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(at, Wording.found(value, hidden.hides(at)), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private @Nullable Object sequence(Shape.Sequence sequence, JsonNode list, String at) {
        var elements = new ArrayList<Object>();
        for (int i = 0; i < list.size(); i++) {
            var element = bind(sequence.element().shape(), list.get(i), Pointer.child(at, i));
            if (element != null) {
                elements.add(element);
            }
        }
        if (elements.size() < list.size()) {
            return null;
        }
        return sequence.distinct() ? Collections.unmodifiableSet(new LinkedHashSet<>(elements)) : List.copyOf(elements);
    }

    private @Nullable Object table(Shape.Table table, JsonNode map, String at) {
        var entries = new LinkedHashMap<String, Object>();
        for (var entry : map.properties()) {
            var value = bind(table.value().shape(), entry.getValue(), Pointer.child(at, entry.getKey()));
            if (value != null) {
                entries.put(entry.getKey(), value);
            }
        }
        return entries.size() < map.size() ? null : Collections.unmodifiableMap(entries);
    }

    private @Nullable Object construct(
            Class<? extends Record> type, @Nullable Object[] values, JsonNode tree, String at) {
        try {
            return shapes.constructor(type).newInstance(values);
        } catch (InvocationTargetException e) {
            problems.add(refusal(e.getTargetException(), tree, at));
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + ": its canonical constructor cannot be called", e);
        }
    }

    /** A record's own words, split if they are in the form that the gateway uses itself. */
    private Problem refusal(Throwable refusal, JsonNode tree, String at) {
        var message = refusal.getMessage() == null ? refusal.getClass().getSimpleName() : refusal.getMessage();
        var text = hidden.within(tree, at).removeFrom(message);
        int split = text.lastIndexOf(" (expected: ");
        if (split < 0 || !text.endsWith(")")) {
            return new Problem(at, text, "a value that the record accepts");
        }
        return new Problem(at, text.substring(0, split), text.substring(split + 12, text.length() - 1));
    }
}
