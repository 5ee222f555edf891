package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a value of a configuration record looks like: the closed list of what records may be made of. */
sealed interface Shape {

    /** A value that is written as one text, number or boolean. */
    enum Scalar implements Shape {
        TEXT,
        BOOLEAN,
        INT,
        LONG,
        DOUBLE,
        DECIMAL,
        INTEGER,
        DURATION,
        URI,
        PATH
    }

    /** One of the constants of an enum. */
    record Choice(List<Enum<?>> constants) implements Shape {

        /** How a constant is written: {@code ROUND_ROBIN} as {@code round-robin}. */
        static String written(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A list; or a set, if no element may stand in it twice. */
    record Sequence(Typed element, boolean distinct) implements Shape {}

    /** A map with text as keys. */
    record Table(Typed value) implements Shape {}

    /** A value that may be left out. */
    record Maybe(Typed content) implements Shape {}

    /** Another record; {@link Shapes} knows its components. */
    record Nested(Class<? extends Record> type) implements Shape {}

    /** JSON that the record takes as it is; a map, or anything. */
    record Tree(boolean map) implements Shape {}

    /**
     * A shape and what its values are held to.
     *
     * @param constraints keywords of JSON Schema
     */
    record Typed(Shape shape, ObjectNode constraints) {}

    /**
     * One component of a record.
     *
     * @param standard the value if it is left out
     */
    record Component(String name, Typed type, Optional<JsonNode> standard) {

        boolean required() {
            return standard.isEmpty() && !(type.shape() instanceof Maybe);
        }
    }

    /** Whether a default of this shape is the text itself, not JSON. */
    default boolean isText() {
        return switch (this) {
            case Scalar scalar ->
                switch (scalar) {
                    case TEXT, DURATION, URI, PATH -> true;
                    case BOOLEAN, INT, LONG, DOUBLE, DECIMAL, INTEGER -> false;
                };
            case Choice choice -> true;
            case Sequence sequence -> false;
            case Table table -> false;
            case Maybe maybe -> false;
            case Nested nested -> false;
            case Tree tree -> false;
        };
    }
}
