package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.GatewayConfig;
import dev.jarway.runtime.config.HostConfig;
import dev.jarway.runtime.routing.HostPatterns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that the filters of a configuration tell apart. Class 0 is that of hosts which no pattern of it names; each
 * pattern has a class of its own, that of the hosts for which it is the narrowest one.
 */
final class HostClasses {
    private static final String ANY = "*";

    private final List<String> patterns;

    private HostClasses(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    static HostClasses of(GatewayConfig config) {
        Set<String> patterns = new LinkedHashSet<>();
        config.hosts().forEach(host -> patterns.add(lower(host.name())));
        eachEntry(
                config,
                entry ->
                        entry.rules().forEach(rule -> rule.match().hosts().forEach(host -> patterns.add(lower(host)))));
        patterns.remove(ANY);
        return new HostClasses(new ArrayList<>(patterns));
    }

    /** Shows every entry of a configuration's lists of filters. */
    static void eachEntry(GatewayConfig config, Consumer<FilterConfig> look) {
        config.filters().forEach(look);
        config.hosts().forEach(host -> host.filters().forEach(look));
        config.routes().forEach(route -> route.filters().forEach(look));
        config.services().forEach(service -> service.filters().forEach(look));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostClasses that && patterns.equals(that.patterns);
    }

    @Override
    public int hashCode() {
        return patterns.hashCode();
    }

    /** How many classes there are. */
    int count() {
        return patterns.size() + 1;
    }

    /** Finds the class of a host. */
    HostPatterns<Integer> index() {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < patterns.size(); i++) {
            index.put(patterns.get(i), i + 1);
        }
        return HostPatterns.of(index);
    }

    /** Whether all hosts of a class fit one of the patterns. */
    boolean fits(int hostClass, List<String> hosts) {
        return hosts.stream().anyMatch(host -> covers(lower(host), hostClass));
    }

    private boolean covers(String pattern, int hostClass) {
        if (pattern.equals(ANY)) {
            return true;
        }
        if (hostClass == 0) {
            return false;
        }
        String own = patterns.get(hostClass - 1);
        if (own.equals(pattern)) {
            return true;
        }
        String tail = own.startsWith("*") ? own.substring(1) : own;
        return pattern.startsWith("*.") && tail.length() > pattern.length() - 1 && tail.endsWith(pattern.substring(1));
    }

    /** The host entry of a class: the longest that fits; its index, or -1 if none does. */
    int hostEntry(int hostClass, List<HostConfig> hosts) {
        int best = -1;
        for (int i = 0; i < hosts.size(); i++) {
            String name = lower(hosts.get(i).name());
            boolean longer = best < 0 || rank(name) > rank(lower(hosts.get(best).name()));
            if (longer && covers(name, hostClass)) {
                best = i;
            }
        }
        return best;
    }

    /** An exact name is narrower than any pattern. */
    private static int rank(String pattern) {
        return pattern.startsWith("*") ? pattern.length() : 1_000 + pattern.length();
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
