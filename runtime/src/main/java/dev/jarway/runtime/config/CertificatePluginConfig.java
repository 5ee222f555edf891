package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plugin that gives certificates to a listener.
 *
 * @param plugin the plugin's id, which follows the newest version present, or {@code id@version}, which stays with that one
 * @param name what the entry is called; the plugin's id if not given
 * @param config the plugin's configuration, of which the plugin's own schema says what it holds
 * @param onFailure what becomes of a handshake when the plugin fails
 * @param timeout the most that one call of the plugin may take
 */
public record CertificatePluginConfig(
        @Pattern(regexp = PluginReference.PATTERN, message = PluginReference.EXPECTED)
        String plugin,

        Optional<@Pattern(regexp = Names.PATTERN, message = Names.EXPECTED) String> name,
        Optional<ObjectNode> config,
        @Default("closed") OnFailure onFailure,
        @Default("100ms") @Positive Duration timeout) {

    /** The same as an entry of a list of plugins, which is what entries of filters are too. */
    public FilterConfig entry() {
        return new FilterConfig(
                plugin,
                name,
                true,
                false,
                config,
                List.of(),
                onFailure,
                timeout,
                Map.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }
}
