package dev.jarway.runtime.host;

import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The deep copy of a state that consists of JDK types, which is all that two class loaders have in common. Lists, sets and
 * maps are copied whoever wrote their classes; what is in them must be text, a boxed primitive or a {@code java.time} value.
 */
final class JdkCopy {
    private static final int MAX_DEPTH = 32;
    private static final String EXPECTED =
            " (expected: text, boxed primitives, java.time types, and lists, sets and maps of these)";

    private JdkCopy() {}

    /**
     * An immutable copy of the entries that can be copied.
     *
     * @param refused gets the key of each other entry, and why it is left out
     */
    static Map<String, Object> of(Map<?, ?> state, BiConsumer<String, String> refused) {
        var copy = new LinkedHashMap<String, Object>();
        state.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                refused.accept(typeOf(key), "as a key" + EXPECTED);
                return;
            }
            try {
                copy.put(name, copy(value, 0));
            } catch (NotCopiedException e) {
                refused.accept(name, e.getMessage() + EXPECTED);
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object copy(@Nullable Object value, int depth) throws NotCopiedException {
        if (value == null) {
            throw new NotCopiedException("null");
        }
        if (isPlain(value)) {
            return value;
        }
        if (depth >= MAX_DEPTH) {
            throw new NotCopiedException("nested deeper than " + MAX_DEPTH);
        }
        // Iterating is the plugin's code, if the collection is; this is where its caller can stop it.
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while copying");
        }
        return switch (value) {
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                for (var element : list) {
                    copy.add(copy(element, depth + 1));
                }
                yield Collections.unmodifiableList(copy);
            }
            case Set<?> set -> {
                var copy = new LinkedHashSet<Object>();
                for (var element : set) {
                    copy.add(copy(element, depth + 1));
                }
                yield Collections.unmodifiableSet(copy);
            }
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                for (var entry : map.entrySet()) {
                    copy.put(copy(entry.getKey(), depth + 1), copy(entry.getValue(), depth + 1));
                }
                yield Collections.unmodifiableMap(copy);
            }
            default -> throw new NotCopiedException(typeOf(value));
        };
    }

    private static boolean isPlain(Object value) {
        return switch (value) {
            case String s -> true;
            case Boolean b -> true;
            case Character c -> true;
            case Byte b -> true;
            case Short s -> true;
            case Integer i -> true;
            case Long l -> true;
            case Float f -> true;
            case Double d -> true;
            case TemporalAccessor t -> isJavaTime(t);
            case TemporalAmount t -> isJavaTime(t);
            case ZoneId z -> true;
            default -> false;
        };
    }

    // The interfaces are open to everybody, and types of java.time.chrono may hold a plugin's own dates.
    private static boolean isJavaTime(Object value) {
        return value.getClass().getPackageName().equals("java.time");
    }

    private static String typeOf(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getName();
    }

    /** Something that is not copied. */
    private static final class NotCopiedException extends Exception {
        private static final long serialVersionUID = 1L;

        NotCopiedException(String message) {
            super(message);
        }
    }
}
