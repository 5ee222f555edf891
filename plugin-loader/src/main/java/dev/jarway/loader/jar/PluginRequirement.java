package dev.jarway.loader.jar;

/**
 * Another plugin that a plugin uses classes of.
 *
 * @param id the other plugin's id
 * @param range of its version; {@code *} for any
 * @param optional whether the plugin can do without
 */
public record PluginRequirement(String id, String range, boolean optional) {

    /** Whether that plugin would do. */
    public boolean fits(PluginDescription plugin) {
        return id.equals(plugin.id()) && VersionRange.parse(range).contains(plugin.version());
    }

    /** As in the manifest: {@code id?@range}. */
    @Override
    public String toString() {
        return id + (optional ? "?" : "") + "@" + range;
    }
}
