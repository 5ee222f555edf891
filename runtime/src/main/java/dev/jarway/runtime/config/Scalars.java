package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Makes Java values of those that are written as one text, number or boolean. */
final class Scalars {
    private Scalars() {}

    /**
     * The value of a node whose type the schema has checked.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    static Object read(Shape.Scalar scalar, JsonNode node) {
        return switch (scalar) {
            case TEXT -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case INT -> {
                check(node.canConvertToInt(), "from -2147483648 to 2147483647");
                yield node.intValue();
            }
            case LONG -> {
                check(node.canConvertToLong(), "from -9223372036854775808 to 9223372036854775807");
                yield node.longValue();
            }
            case DOUBLE -> {
                check(Double.isFinite(node.doubleValue()), "a number that fits a double");
                yield node.doubleValue();
            }
            case DECIMAL -> node.decimalValue();
            case INTEGER -> node.bigIntegerValue();
            case DURATION -> Durations.parse(node.textValue());
            case URI -> uri(node.textValue());
            case PATH -> path(node.textValue());
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a URI", e);
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("a path", e);
        }
    }

    private static void check(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(expected);
        }
    }
}
