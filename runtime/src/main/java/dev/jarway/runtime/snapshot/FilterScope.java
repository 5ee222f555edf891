package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.FilterConfig;
import java.util.List;
import java.util.Locale;

/**
 * One list of filters in the configuration.
 *
 * @param kind what the list belongs to
 * @param owner the name of the host, route or service; empty for the gateway
 * @param pointer where the list stands
 * @param filters in order
 */
record FilterScope(Kind kind, String owner, String pointer, List<FilterConfig> filters) {

    /** What a list of filters belongs to, in the order in which the lists run. */
    enum Kind {
        GATEWAY(0),
        HOST(1),
        ROUTE(3),
        SERVICE(2);

        private final int narrowness;

        Kind(int narrowness) {
            this.narrowness = narrowness;
        }

        /** Whether an entry of this scope takes the place of one of the other. */
        boolean isNarrowerThan(Kind other) {
            return narrowness > other.narrowness;
        }
    }

    /** Names one entry of this scope for all revisions of the configuration. */
    String slot(FilterConfig entry) {
        String prefix = kind == Kind.GATEWAY ? "gateway" : kind.name().toLowerCase(Locale.ROOT) + ":" + owner;
        return prefix + "/" + entry.entryName();
    }
}
