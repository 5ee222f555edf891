package dev.jarway.runtime.balance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the members of a service come from besides its configuration. Immutable.
 *
 * @param answers the addresses of names, as they were last found
 * @param discovery what a plugin finds
 */
record Sources(Map<String, List<String>> answers, Optional<Discovered> discovery) {

    /** The same with these answers besides, and none but those about one of these names. */
    Sources learning(Map<String, List<String>> found, Set<String> names) {
        Map<String, List<String>> known = new HashMap<>(answers);
        known.putAll(found);
        known.keySet().retainAll(names);
        return new Sources(Map.copyOf(known), discovery);
    }
}
