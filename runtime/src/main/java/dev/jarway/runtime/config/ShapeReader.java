package dev.jarway.runtime.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jarway.plugin.Default;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@link Shapes} off a record class, and refuses what is not supported. */
final class ShapeReader {
    private static final String SUPPORTED =
            "String, boolean, int, long, double, BigDecimal, BigInteger, Duration, URI, Path,"
                    + " an enum, a record, or a List, Set, Map<String, ...> or Optional of these";
    private static final Map<Class<?>, Shape> SIMPLE = Map.ofEntries(
            Map.entry(String.class, Shape.Scalar.TEXT),
            Map.entry(boolean.class, Shape.Scalar.BOOLEAN),
            Map.entry(Boolean.class, Shape.Scalar.BOOLEAN),
            Map.entry(int.class, Shape.Scalar.INT),
            Map.entry(Integer.class, Shape.Scalar.INT),
            Map.entry(long.class, Shape.Scalar.LONG),
            Map.entry(Long.class, Shape.Scalar.LONG),
            Map.entry(double.class, Shape.Scalar.DOUBLE),
            Map.entry(Double.class, Shape.Scalar.DOUBLE),
            Map.entry(BigDecimal.class, Shape.Scalar.DECIMAL),
            Map.entry(BigInteger.class, Shape.Scalar.INTEGER),
            Map.entry(Duration.class, Shape.Scalar.DURATION),
            Map.entry(URI.class, Shape.Scalar.URI),
            Map.entry(Path.class, Shape.Scalar.PATH),
            Map.entry(JsonNode.class, new Shape.Tree(false)),
            Map.entry(ObjectNode.class, new Shape.Tree(true)));

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final Map<Class<? extends Record>, List<Shape.Component>> records = new LinkedHashMap<>();

    private ShapeReader() {}

    /**
     * The shapes of a record.
     *
     * @throws IllegalArgumentException naming the component that is not supported
     */
    static Shapes read(Class<? extends Record> root) {
        var reader = new ShapeReader();
        reader.record(root);
        return Shapes.of(root, reader.records);
    }

    private void record(Class<? extends Record> type) {
        if (records.containsKey(type)) {
            return;
        }
        var components = new ArrayList<Shape.Component>();
        // Known before its components are, so that a record may contain itself.
        records.put(type, components);
        for (var component : type.getRecordComponents()) {
            try {
                components.add(component(component));
            } catch (Unsupported e) {
                throw new IllegalArgumentException(
                        type.getName() + ", component " + component.getName() + ": " + e.getMessage());
            }
        }
    }

    private Shape.Component component(RecordComponent component) {
        var typed = typed(component.getAnnotatedType());
        var annotation = component.getAnnotation(Default.class);
        if (annotation != null && typed.shape() instanceof Shape.Maybe) {
            throw new Unsupported("Optional and @Default", "one of the two");
        }
        var standard = Optional.ofNullable(annotation).map(value -> standard(typed.shape(), value.value()));
        return new Shape.Component(component.getName(), typed, standard);
    }

    private Shape.Typed typed(AnnotatedType type) {
        var shape = shape(type);
        var constraints = JsonNodeFactory.instance.objectNode();
        var keywords = new ConstraintKeywords(shape, constraints);
        Arrays.stream(type.getAnnotations()).forEach(keywords::add);
        return new Shape.Typed(shape, constraints);
    }

    private Shape shape(AnnotatedType annotated) {
        var type = annotated.getType();
        if (type instanceof Class<?> plain) {
            return plain(plain);
        }
        if (annotated instanceof AnnotatedParameterizedType container
                && type instanceof ParameterizedType parameterized) {
            return container(parameterized.getRawType(), container.getAnnotatedActualTypeArguments(), type);
        }
        throw new Unsupported(type.getTypeName(), SUPPORTED);
    }

    private Shape plain(Class<?> type) {
        @Nullable Shape simple = SIMPLE.get(type);
        if (simple != null) {
            return simple;
        }
        if (type.isEnum()) {
            return new Shape.Choice(Arrays.stream(type.getEnumConstants())
                    .<Enum<?>>map(constant -> (Enum<?>) constant)
                    .toList());
        }
        if (type.isRecord() && type.getTypeParameters().length == 0) {
            var nested = type.asSubclass(Record.class);
            record(nested);
            return new Shape.Nested(nested);
        }
        throw new Unsupported(type.getTypeName(), SUPPORTED);
    }

    private Shape container(Type raw, AnnotatedType[] arguments, Type whole) {
        if (raw == List.class || raw == Set.class) {
            return new Shape.Sequence(present(arguments[0]), raw == Set.class);
        }
        if (raw == Map.class && arguments[0].getType() == String.class) {
            if (arguments[0].getAnnotations().length > 0) {
                throw new Unsupported("constraints on the keys of a map", "none there");
            }
            return new Shape.Table(present(arguments[1]));
        }
        if (raw == Optional.class) {
            return new Shape.Maybe(present(arguments[0]));
        }
        throw new Unsupported(whole.getTypeName(), SUPPORTED);
    }

    private Shape.Typed present(AnnotatedType argument) {
        var typed = typed(argument);
        if (typed.shape() instanceof Shape.Maybe) {
            throw new Unsupported(argument.getType().getTypeName() + " inside another type", "Optional outermost");
        }
        return typed;
    }

    private JsonNode standard(Shape shape, String value) {
        if (shape.isText()) {
            return TextNode.valueOf(value);
        }
        try {
            return json.readTree(value);
        } catch (JsonProcessingException e) {
            throw new Unsupported("@Default(\"" + value + "\")", "JSON");
        }
    }

    /** Something about a component that cannot be carried out. */
    static final class Unsupported extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unsupported(String found, String expected) {
            super(found + " (expected: " + expected + ")", null, false, false);
        }
    }
}
