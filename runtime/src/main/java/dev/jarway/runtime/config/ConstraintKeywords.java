package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.ShapeReader.Unsupported;
import jakarta.validation.Constraint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The constraints of {@code jakarta.validation} on one place of a record, as keywords of JSON Schema. One that cannot be
 * carried out there is refused: a check that never happens is worse than none.
 */
final class ConstraintKeywords {
    private static final String SUPPORTED = "@NotNull, @NotBlank, @NotEmpty, @Size, @Pattern, @Min, @Max, @DecimalMin,"
            + " @DecimalMax, @Positive, @PositiveOrZero, @Negative or @NegativeOrZero";
    static final String NOT_BLANK = "\\S";

    private final Shape shape;
    private final ObjectNode keywords;

    ConstraintKeywords(Shape shape, ObjectNode keywords) {
        this.shape = shape;
        this.keywords = keywords;
    }

    void add(Annotation annotation) {
        switch (annotation) {
            case NotNull always -> {}
            case NotBlank blank -> pattern(NOT_BLANK, annotation);
            case Pattern pattern -> {
                pattern(whole(pattern), annotation);
                if (!pattern.message().startsWith("{")) {
                    keywords.put("description", pattern.message());
                }
            }
            case NotEmpty empty -> size(1, Integer.MAX_VALUE, annotation);
            case Size size -> size(size.min(), size.max(), annotation);
            case Min min -> number("minimum", BigDecimal.valueOf(min.value()), annotation);
            case Max max -> number("maximum", BigDecimal.valueOf(max.value()), annotation);
            case DecimalMin min ->
                number(min.inclusive() ? "minimum" : "exclusiveMinimum", new BigDecimal(min.value()), annotation);
            case DecimalMax max ->
                number(max.inclusive() ? "maximum" : "exclusiveMaximum", new BigDecimal(max.value()), annotation);
            case Positive positive -> positive(annotation);
            case PositiveOrZero positive -> number("minimum", BigDecimal.ZERO, annotation);
            case Negative negative -> number("exclusiveMaximum", BigDecimal.ZERO, annotation);
            case NegativeOrZero negative -> number("maximum", BigDecimal.ZERO, annotation);
            default -> refuseIfConstraint(annotation);
        }
    }

    private void positive(Annotation annotation) {
        if (shape == Shape.Scalar.DURATION) {
            keywords.put("pattern", Durations.POSITIVE);
        } else {
            number("exclusiveMinimum", BigDecimal.ZERO, annotation);
        }
    }

    private void number(String keyword, BigDecimal value, Annotation annotation) {
        if (!(shape instanceof Shape.Scalar scalar)) {
            throw misplaced(annotation);
        }
        switch (scalar) {
            case INT, LONG, DOUBLE, DECIMAL, INTEGER -> keywords.set(keyword, node(value));
            case TEXT, BOOLEAN, DURATION, URI, PATH -> throw misplaced(annotation);
        }
    }

    /** As it is read from a file: a schema is equal to itself written down. */
    private static JsonNode node(BigDecimal value) {
        var isLong = value.scale() <= 0 && value.precision() < 19;
        if (!isLong) {
            return JsonNodeFactory.instance.numberNode(value);
        }
        var whole = value.longValueExact();
        return whole == (int) whole
                ? JsonNodeFactory.instance.numberNode((int) whole)
                : JsonNodeFactory.instance.numberNode(whole);
    }

    private void size(int min, int max, Annotation annotation) {
        var noun = measured(annotation);
        if (min > 0) {
            keywords.put("min" + noun, Math.max(min, keywords.path("min" + noun).asInt(0)));
        }
        if (max < Integer.MAX_VALUE) {
            keywords.put("max" + noun, max);
        }
    }

    private String measured(Annotation annotation) {
        return switch (shape) {
            case Shape.Sequence sequence -> "Items";
            case Shape.Table table -> "Properties";
            case Shape.Tree tree -> {
                if (!tree.map()) {
                    throw misplaced(annotation);
                }
                yield "Properties";
            }
            case Shape.Scalar scalar -> {
                if (scalar != Shape.Scalar.TEXT) {
                    throw misplaced(annotation);
                }
                yield "Length";
            }
            case Shape.Choice choice -> throw misplaced(annotation);
            case Shape.Maybe maybe -> throw misplaced(annotation);
            case Shape.Nested nested -> throw misplaced(annotation);
        };
    }

    private void pattern(String regex, Annotation annotation) {
        if (!shape.isText() || shape == Shape.Scalar.DURATION || shape instanceof Shape.Choice) {
            throw misplaced(annotation);
        }
        if (keywords.has("pattern")) {
            keywords.withArray("allOf").addObject().put("pattern", regex);
        } else {
            keywords.put("pattern", regex);
        }
    }

    /** Jakarta's pattern has to match the whole text, that of JSON Schema only a part of it. */
    private static String whole(Pattern pattern) {
        var flags = Arrays.stream(pattern.flags())
                .map(flag -> switch (flag) {
                    case UNIX_LINES -> "d";
                    case CASE_INSENSITIVE -> "i";
                    case COMMENTS -> "x";
                    case MULTILINE -> "m";
                    case DOTALL -> "s";
                    case UNICODE_CASE -> "u";
                    case CANON_EQ -> throw new Unsupported("@Pattern with CANON_EQ", "another flag");
                })
                .collect(Collectors.joining());
        var regex = pattern.regexp();
        var anchored = regex.startsWith("^") && regex.endsWith("$") && !regex.endsWith("\\$") && !regex.contains("|");
        if (flags.isEmpty()) {
            return anchored ? regex : "^(?:" + regex + ")$";
        }
        return "^(?" + flags + ":" + regex + ")$";
    }

    private static void refuseIfConstraint(Annotation annotation) {
        var type = annotation.annotationType();
        var repeated =
                type.getSimpleName().equals("List") && type.getName().startsWith("jakarta.validation.constraints.");
        if (repeated || type.isAnnotationPresent(Constraint.class)) {
            throw new Unsupported(name(annotation), SUPPORTED + ", each once");
        }
    }

    private Unsupported misplaced(Annotation annotation) {
        var expected =
                shape instanceof Shape.Maybe ? "it inside, as in Optional<" + name(annotation) + " ...>" : "none";
        return new Unsupported(name(annotation) + " on a type that it does not apply to", expected);
    }

    private static String name(Annotation annotation) {
        var type = annotation.annotationType();
        var outer = type.getEnclosingClass();
        return "@" + (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName();
    }
}
