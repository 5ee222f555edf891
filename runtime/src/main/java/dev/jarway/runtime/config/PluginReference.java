package dev.jarway.runtime.config;

import java.util.Optional;

/**
 * Which plugin an entry means.
 *
 * @param id the plugin's id
 * @param version the version that the entry stays with; empty if it follows the newest one present
 */
public record PluginReference(String id, Optional<String> version) {
    static final String PATTERN = "^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?(@[0-9A-Za-z.+-]+)?$";
    static final String EXPECTED = "a plugin's id in small letters, or id@version";

    /** Reads {@code id} or {@code id@version}. */
    public static PluginReference parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new PluginReference(text, Optional.empty())
                : new PluginReference(text.substring(0, at), Optional.of(text.substring(at + 1)));
    }

    /** The same plugin in that version. */
    public PluginReference at(String other) {
        return new PluginReference(id, Optional.of(other));
    }

    @Override
    public String toString() {
        return version.map(v -> id + "@" + v).orElse(id);
    }
}
