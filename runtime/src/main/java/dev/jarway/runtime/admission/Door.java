package dev.jarway.runtime.admission;

import dev.jarway.runtime.config.FieldsConfig;
import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.PathsConfig;
import dev.jarway.runtime.failure.GatewayFailure;

/**
 * What one listener lets in. Shared by all event loops.
 *
 * @param paths which paths
 * @param fields which header fields
 * @param limits how much, how long, how often
 * @param counts how often a limit was reached
 */
public record Door(PathsConfig paths, FieldsConfig fields, LimitsConfig limits, LimitCounts counts) {

    /** The one of a listener. */
    public static Door of(ListenerConfig config) {
        return new Door(config.paths(), config.headers(), config.limits(), new LimitCounts(config.name()));
    }

    /** Counts that a limit was reached, and says so to whoever went beyond it. */
    public GatewayFailure reached(Limit limit, String most) {
        counts.add(limit);
        return GatewayFailure.of(limit.code(), "limits." + limit.key() + " (expected: at most " + most + ")");
    }
}
