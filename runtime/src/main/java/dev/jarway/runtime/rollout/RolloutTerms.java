package dev.jarway.runtime.rollout;

import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.RolloutConfig;
import dev.jarway.runtime.config.SelectConfig;
import dev.jarway.runtime.config.StickyConfig;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the configuration says of one rollout. A rollout whose terms have changed is another one, and begins anew.
 *
 * @param name unique in a configuration
 * @param plugin the plugin's id
 * @param stable the version that it begins with, and goes back to
 * @param config steps, and what ends it
 * @param sticky by what callers are known
 * @param select versions for some requests
 */
public record RolloutTerms(
        String name,
        String plugin,
        String stable,
        RolloutConfig config,
        Optional<StickyConfig> sticky,
        List<SelectConfig> select) {

    /** The terms of an entry's rollout; empty if it has none. */
    public static Optional<RolloutTerms> of(FilterConfig entry) {
        return entry.rollout()
                .map(rollout -> new RolloutTerms(
                        entry.rolloutName().orElseThrow(),
                        entry.reference().id(),
                        entry.reference().version().orElseThrow(),
                        rollout,
                        entry.sticky(),
                        entry.select()));
    }

    /** The version that is rolled out. */
    public String target() {
        return config.target();
    }

    /** Equal for equal terms, in this release and in others: it is what the journal compares. */
    String text() {
        return plugin + " " + stable + " -> " + target() + "; steps " + config.steps() + "; hold "
                + config.hold().toMillis() + "ms; minRequests " + config.minRequests() + "; abort "
                + config.abort().errorRate() + " " + config.abort().latency()
                + sticky.map(key -> "; sticky " + text(key)).orElse("")
                + select.stream().map(RolloutTerms::text).collect(Collectors.joining());
    }

    private static String text(StickyConfig key) {
        return key.header()
                .map(header -> "header " + header)
                .or(() -> key.cookie().map(cookie -> "cookie " + cookie))
                .orElse(key.consumer() ? "consumer" : "clientAddress");
    }

    private static String text(SelectConfig selection) {
        return "; select " + selection.version() + " "
                + new TreeMap<>(selection.match().headers()) + " "
                + selection.match().consumers();
    }
}
