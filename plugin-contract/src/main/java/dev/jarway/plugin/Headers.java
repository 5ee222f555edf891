package dev.jarway.plugin;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The header or trailer fields of a message: names are case-insensitive (RFC 9110 section 5.1), a name may have several
 * values, and their order is kept. A view of the message itself: reading copies nothing, changes take effect at once.
 *
 * <p>A value holds neither control characters, but for HTAB, nor anything beyond ISO 8859-1, and a name is a token; otherwise
 * writing it throws {@link IllegalArgumentException}. So does writing a field on which the end of the message or the connection
 * depends: {@code host} (see {@link Request#setHost}), {@code content-length}, {@code transfer-encoding}, {@code connection} and
 * the like; and, in trailers, a field that has to be known before the body. {@code content-length} may be removed, by a filter
 * whose data method changes the length of the body.
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
