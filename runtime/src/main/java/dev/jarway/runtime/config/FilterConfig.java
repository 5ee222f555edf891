package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a list of filters.
 *
 * @param plugin the plugin's id, which follows the newest version present, or {@code id@version}, which stays with that one
 * @param name what the entry is called; the plugin's id if not given. An entry of the same name in a narrower scope takes
 *     this one's place
 * @param enabled {@code false} takes the entry of this name out of the chain
 * @param optional whether the entry is skipped while the plugin is absent; otherwise the configuration is refused
 * @param config the plugin's configuration, of which the plugin's own schema says what it holds; where there are rules and
 *     none applies, an entry without it is skipped
 * @param rules other configurations for some requests; the first that matches is taken
 * @param onFailure what becomes of a request when the filter fails
 * @param timeout the most that one call of the filter may take, waiting included
 * @param versions versions of the plugin that run side by side, each with its share of the requests relative to the others
 * @param sticky by what a caller is known who is to meet the same version each time; at random if not given
 * @param select versions for some requests, whatever the shares; the first that matches is taken
 * @param rollout how another version takes the place of the one that {@code plugin} names, step by step
 */
public record FilterConfig(
        @Pattern(regexp = PluginReference.PATTERN, message = PluginReference.EXPECTED)
        String plugin,

        Optional<@Pattern(regexp = Names.PATTERN, message = Names.EXPECTED) String> name,
        @Default("true") boolean enabled,
        @Default("false") boolean optional,
        Optional<ObjectNode> config,
        @Default("[]") List<RuleConfig> rules,
        @Default("closed") OnFailure onFailure,
        @Default("500ms") @Positive Duration timeout,
        @Default("{}") Map<String, @Min(0) @Max(1_000_000) Integer> versions,
        Optional<StickyConfig> sticky,
        @Default("[]") List<SelectConfig> select,
        Optional<RolloutConfig> rollout) {

    /** The name by which narrower scopes refer to this entry. */
    public String entryName() {
        return name.orElseGet(() -> reference().id());
    }

    /** Which plugin, and which version of it. */
    public PluginReference reference() {
        return PluginReference.parse(plugin);
    }

    /** Every version of the plugin that the entry needs; of a split, in the order of the shares. */
    public List<PluginReference> references() {
        var reference = reference();
        if (rollout.isPresent()) {
            return List.of(reference, reference.at(rollout.get().target()));
        }
        return versions.isEmpty()
                ? List.of(reference)
                : versions.keySet().stream().map(reference::at).toList();
    }

    /** What the entry's rollout is called, if it has one. */
    public Optional<String> rolloutName() {
        return rollout.map(terms -> terms.name().orElseGet(this::entryName));
    }
}
