package dev.jarway.runtime.routing;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values by host pattern: a name itself, {@code *.example.com} for any name below {@code example.com} at any depth, or
 * {@code *} for any host. Immutable; a look-up takes one pass over the host's characters, however many patterns there are.
 */
public final class HostPatterns<T> {
    static final String ANY = "*";

    private final Map<String, HostLevel<T>> names;
    private final RegionMap<HostLevel<T>> wildcards;
    private final @Nullable HostLevel<T> any;

    private HostPatterns(
            Map<String, HostLevel<T>> names, RegionMap<HostLevel<T>> wildcards, @Nullable HostLevel<T> any) {
        this.names = names;
        this.wildcards = wildcards;
        this.any = any;
    }

    /**
     * Values by pattern; patterns are taken in lower case.
     *
     * @throws IllegalArgumentException if two patterns are the same but for case
     */
    public static <T> HostPatterns<T> of(Map<String, T> values) {
        var patterns = inLowerCase(values);
        var value = patterns.remove(ANY);
        var any = value == null ? null : new HostLevel<>("", value, null);
        var suffixes = new HashMap<String, HostLevel<T>>();
        patterns.entrySet().stream()
                .filter(entry -> isWildcard(entry.getKey()))
                // The shorter first, so that what is wider than a pattern is there before it.
                .sorted(Comparator.comparingInt(entry -> entry.getKey().length()))
                .forEach(entry -> {
                    var suffix = entry.getKey().substring(1);
                    suffixes.put(suffix, level(suffix, entry.getValue(), suffixes, any));
                });
        var names = new HashMap<String, HostLevel<T>>();
        patterns.forEach((pattern, each) -> {
            if (!isWildcard(pattern)) {
                names.put(pattern, level(pattern, each, suffixes, any));
            }
        });
        return new HostPatterns<>(Map.copyOf(names), RegionMap.of(suffixes), any);
    }

    private static <T> Map<String, T> inLowerCase(Map<String, T> values) {
        Map<String, T> patterns = HashMap.newHashMap(values.size());
        values.forEach((pattern, value) -> {
            if (patterns.put(pattern.toLowerCase(Locale.ROOT), value) != null) {
                throw new IllegalArgumentException("host: " + pattern + " twice (expected: once)");
            }
        });
        return patterns;
    }

    private static boolean isWildcard(String pattern) {
        return pattern.startsWith("*.");
    }

    private static <T> HostLevel<T> level(
            String host, T value, Map<String, HostLevel<T>> suffixes, @Nullable HostLevel<T> any) {
        for (int dot = host.indexOf('.', 1); dot != -1; dot = host.indexOf('.', dot + 1)) {
            var wider = suffixes.get(host.substring(dot));
            if (wider != null) {
                return new HostLevel<>(host, value, wider);
            }
        }
        return new HostLevel<>(host, value, any);
    }

    /** The value of the narrowest pattern that fits: the name itself, else the longest wildcard, else {@code *}. */
    public Optional<T> find(String host) {
        return Optional.ofNullable(narrowest(host)).map(HostLevel::value);
    }

    /** The narrowest pattern that fits, from which the wider ones can be reached. */
    @Nullable
    HostLevel<T> narrowest(String host) {
        // The root's dot changes nothing in a name, and must not lead around a pattern.
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        var exact = names.get(name);
        return exact != null ? exact : longestWildcard(name);
    }

    private @Nullable HostLevel<T> longestWildcard(String name) {
        var longest = any;
        int hash = 0;
        for (int i = name.length() - 1; i > 0 && !wildcards.isEmpty(); i--) {
            hash = RegionMap.extendLeft(hash, name.charAt(i));
            if (name.charAt(i) == '.') {
                var wildcard = wildcards.find(name, i, name.length(), hash);
                longest = wildcard != null ? wildcard : longest;
            }
        }
        return longest;
    }
}
