package dev.jarway.plugin;

import java.util.Map;
import java.util.function.Supplier;

/**
 * State that passes from a plugin to the one that takes its place: the same entry of the configuration under another version
 * or another configuration.
 *
 * <p>The two are of different class loaders, so what passes holds JDK types only: strings, boxed primitives, {@code java.time}
 * types, and lists, sets and maps of these. Anything else is left out, with a warning that names its key.
 *
 * <pre>{@code
 * var used = new ConcurrentHashMap<String, Long>();
 * context.handOver().received().forEach((key, count) -> used.put(key, (Long) count));
 * context.handOver().offer(() -> new HashMap<>(used));
 * }</pre>
 */
public interface HandOver {

    /** What the predecessor offered, at the time when this plugin was created; empty if there was none. */
    Map<String, Object> received();

    /** Says what to give to a successor. Called off the event loop, at most once per change, while exchanges go on. */
    void offer(Supplier<Map<String, Object>> state);
}
