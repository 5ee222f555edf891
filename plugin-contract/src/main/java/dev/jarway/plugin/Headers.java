package dev.jarway.plugin;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The header or trailer fields of a message: names are case-insensitive (RFC 9110 section 5.1), a name may have several
 * values, and their order is kept. A view of the message itself: reading copies nothing, changes take effect at once.
 *
 * <p>A value may not hold CR, LF or NUL, and a name must be a token; {@link IllegalArgumentException} otherwise.
 */
public interface Headers {

    /** The first value of the name. */
    Optional<String> get(String name);

    /** All values of the name, in order; none gives an empty list. A copy. */
    List<String> all(String name);

    /** Whether the name has a value. */
    boolean contains(String name);

    /** The names, as first written. A copy. */
    Set<String> names();

    /** Gives the name this value in place of all it had. */
    void set(String name, String value);

    /** Gives the name one value more. */
    void add(String name, String value);

    /** Removes all values of the name. */
    void remove(String name);

    /** Calls with each name and value, in order. They must not be changed meanwhile. */
    void forEach(BiConsumer<String, String> field);
}
