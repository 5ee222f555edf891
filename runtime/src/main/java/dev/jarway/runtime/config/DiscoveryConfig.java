package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plugin that keeps the endpoints of a service up to date.
 *
 * @param plugin the plugin's id, which follows the newest version present, or {@code id@version}, which stays with that one
 * @param config the plugin's configuration, of which the plugin's own schema says what it holds
 */
public record DiscoveryConfig(
        @Pattern(regexp = PluginReference.PATTERN, message = PluginReference.EXPECTED)
        String plugin,

        Optional<ObjectNode> config) {

    /** The same as an entry of a list of plugins, which is what entries of filters are too. */
    public FilterConfig entry() {
        return new FilterConfig(
                plugin,
                Optional.empty(),
                true,
                false,
                config,
                List.of(),
                OnFailure.CLOSED,
                Duration.ofSeconds(1),
                Map.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
